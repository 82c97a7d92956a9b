import { closedNetworks } from '@wave-store/runtime/driver'

/**
 * Run by the Python of the image: writes the rules of the engine's machine, whose own `iptables` is called, below `/host`.
 * FACTS in the environment is a `FirewallFacts`.
 */
export const hostProgram = String.raw`
import hashlib, ipaddress, json, os, re, socket, struct, subprocess, sys

CLOSED = "${closedNetworks.join(' ')}".split()

def on_host(*command, text=''):
    # Which iptables the machine's engine uses is known by its name there alone.
    path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
    return subprocess.run(command, input=text, capture_output=True, text=True, env={'PATH': path}, preexec_fn=lambda: os.chroot('/host') or os.chdir('/'))

def resolvers():
    found = []
    for file in ('/etc/resolv.conf', '/run/systemd/resolve/resolv.conf'):
        found += re.findall(r'^\s*nameserver\s+(\d+(?:\.\d+){3})\s*$', on_host('cat', file).stdout, re.M)
    return sorted({address for address in found if not address.startswith('127.')})

def local_networks():
    networks = []
    with open('/proc/net/route') as routes:
        for line in list(routes)[1:]:
            fields = line.split()
            number = lambda text: socket.inet_ntoa(struct.pack('<L', int(text, 16)))
            if fields[1] != '00000000' and fields[2] == '00000000':
                networks.append(str(ipaddress.ip_network(number(fields[1]) + '/' + number(fields[7]))))
    return networks

def chains(bridge):
    name = 'WAVE-' + hashlib.sha256(bridge.encode()).hexdigest()[:10].upper()
    return name + '-F', name + '-I'

def rules(bridge, facts, index):
    forward, entering = chains(bridge)
    both = ['-m conntrack --ctstate ESTABLISHED,RELATED -j RETURN']
    both += ['-d %s -p %s --dport 53 -j RETURN' % (address, kind) for address in resolvers() for kind in ('udp', 'tcp')]
    both += ['-d %s -p tcp --dport %d -j RETURN' % (each['address'], each['port']) for each in index]
    lines = [':%s - [0:0]' % forward, ':%s - [0:0]' % entering]
    lines += ['-A %s -o %s -j DROP' % (forward, other) for other in facts['bridges'].values()]
    lines += ['-A %s %s' % (chain, rule) for chain in (forward, entering) for rule in both]
    lines += ['-A %s -d %s -j DROP' % (forward, network) for network in CLOSED + local_networks()]
    if facts['publicPort']:
        lines.append('-A %s -p tcp --dport %d -j RETURN' % (entering, facts['publicPort']))
    lines.append('-A %s -j DROP' % entering)
    return lines

def done(result):
    if result.returncode != 0:
        sys.exit((result.stderr or result.stdout).strip() or 'The firewall refuses')

def jumps(bridge):
    forward, entering = chains(bridge)
    return [['DOCKER-USER', '-i', bridge, '-j', forward], ['INPUT', '-i', bridge, '-j', entering]]

def close(facts):
    index = {'apps': [], 'builds': facts['buildHosts']}
    for kind, bridge in facts['bridges'].items():
        # One step: there is no moment without rules.
        text = '\n'.join(['*filter', *rules(bridge, facts, index[kind]), 'COMMIT', ''])
        done(on_host('iptables-restore', '--wait', '--noflush', text=text))
        for jump in jumps(bridge):
            if on_host('iptables', '--wait', '-C', *jump).returncode != 0:
                done(on_host('iptables', '--wait', '-I', *jump))

close(json.loads(os.environ['FACTS']))
`
