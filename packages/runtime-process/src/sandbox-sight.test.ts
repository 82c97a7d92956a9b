import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import type { Runtime } from '@wave-store/runtime'
import { type Ask, askableApp, calling, connecting, startAskable } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addNeighbour, type Neighbour } from './testing/neighbour.ts'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'

describe.skipIf(noSandboxes)('an app in its sandbox', () => {
  const openPort = createServer((_, response) => response.end('store'))
  const closedPort = createServer((_, response) => response.end('other'))
  let bench: StoreBench
  let runtime: Runtime
  let ask: Ask
  let host: string
  let otherHost: string
  let otherId: string
  let neighbour: Neighbour

  beforeAll(async () => {
    for (const server of [openPort, closedPort]) {
      server.listen(0, '0.0.0.0')
      await once(server, 'listening')
    }
    neighbour = await addNeighbour()
    bench = new StoreBench({ publicPort: portOf(openPort) })
    writeFileSync(path.join(bench.dataDir, 'store.db'), 'private')
    runtime = await bench.open()
    const other = bench.specOf(askableApp, { volume: { path: '/data', sizeBytes: 1024 } })
    otherId = other.id
    otherHost = (await startAskable(runtime, other)).host
    const spec = bench.specOf(askableApp, {
      env: { GREETING: 'good morning' },
      files: [
        { path: 'conf/app.ini', content: 'in the code' },
        { path: '/secrets/key.txt', content: 'on its own' },
      ],
      volume: { path: '/srv/data', sizeBytes: 1024 },
    })
    ;({ ask, host } = await startAskable(runtime, spec))
  })
  afterAll(async () => {
    openPort.close()
    closedPort.close()
    neighbour?.remove()
    await runtime?.[Symbol.asyncDispose]()
    await bench?.dispose()
  })

  it('has no privileges, and no way to more', async () => {
    const status = String(await ask(`result = open('/proc/self/status').read()`))
    expect(status).toMatch(/^Uid:\s+1000\s+1000\s+1000\s+1000$/m)
    expect(status).toMatch(/^Groups:\s*(1000\s*)?$/m)
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) {
      expect(status).toMatch(new RegExp(`^${set}:\\s+0+$`, 'm'))
    }
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
    expect(status).toMatch(/^Seccomp:\s+2$/m)
  })

  it('sees no process of the machine or of another instance', async () => {
    const commands = await ask(`
import os
result = [open(f'/proc/{pid}/cmdline').read() for pid in os.listdir('/proc') if pid.isdigit()]`)
    expect((commands as string[]).length).toBeLessThanOrEqual(4)
    expect(JSON.stringify(commands)).not.toContain('supervisor')
  })

  it('finds a root directory with nothing of the machine but /usr', async () => {
    const names = (await ask(`import os\nresult = sorted(os.listdir('/'))`)) as string[]
    const links = ['bin', 'lib', 'lib32', 'lib64', 'libx32', 'sbin']
    expect(names.filter((name) => !links.includes(name))).toEqual(
      'app bundle.wave dev etc home opt proc resources secrets srv tmp usr'.split(' '),
    )
  })

  it.each([
    ['the home directories', '/home', ['app']],
    ['/srv, apart from its own volume', '/srv', ['data']],
    ['/opt, apart from the launcher', '/opt', ['wave']],
  ])('sees nothing of %s', async (_, directory, names) => {
    expect(await ask(`import os\nresult = os.listdir('${directory}')`)).toEqual(names)
  })

  it("does not see the store's data", async () => {
    expect(await ask(`import os\nresult = os.path.exists(${JSON.stringify(bench.dataDir)})`)).toBe(false)
    expect(await ask(`result = open('${bench.dataDir}/store.db').read()`)).toMatch(/^FileNotFoundError/)
  })

  it("does not see another instance's files", async () => {
    expect(
      await ask(`
import os
result = [name for name, _, _ in os.walk('/') if ${JSON.stringify(otherId)} in name]`),
    ).toEqual([])
  })

  it('does not read the passwords of the machine', async () => {
    expect(await ask(`result = open('/etc/shadow').read()`)).toMatch(/^FileNotFoundError/)
    expect(await ask(`result = open('/etc/passwd').read().count('\\n')`)).toBe(3)
  })

  it.each(['/', '/usr', '/usr/lib', '/etc', '/resources', '/opt/wave', '/opt/wave/launcher', '/home', '/dev', '/srv'])(
    'cannot write to %s',
    async (directory) => {
      const answer = await ask(`open('${directory}/trace', 'w').close()\nresult = 'written'`)
      expect(answer).toMatch(/^(OSError|PermissionError): /)
    },
  )

  it.each(['/app', '/tmp', '/home/app', '/srv/data', '/dev/shm'])('can write to %s', async (directory) => {
    expect(await ask(`open('${directory}/trace', 'w').close()\nresult = 'written'`)).toBe('written')
  })

  it('cannot write to its bundle', async () => {
    expect(await ask(`open('/bundle.wave', 'r+b').close()\nresult = 'written'`)).toMatch(/^(OSError|PermissionError): /)
  })

  it('finds its environment variables, and none of the platform', async () => {
    const names = (await ask(`import os\nresult = sorted(os.environ)`)) as string[]
    expect(await ask(`import os\nresult = os.environ['GREETING']`)).toBe('good morning')
    expect(names.filter((name) => /NODE|WAVE_STORE|SSH|SUDO|PROXY|UV_/i.test(name))).toEqual([])
    expect(await ask(`import os\nresult = os.environ['HOME']`)).toBe('/home/app')
  })

  it('finds its files at relative and at absolute paths', async () => {
    expect(await ask(`result = open('/app/conf/app.ini').read()`)).toBe('in the code')
    expect(await ask(`result = open('/secrets/key.txt').read()`)).toBe('on its own')
  })

  it.each([
    ['mount', { x64: 165, arm64: 40 }, ["b'none'", "b'/tmp'", "b'tmpfs'", 0, 0]],
    ['umount2', { x64: 166, arm64: 39 }, ["b'/tmp'", 2]],
    ['unshare a user namespace', { x64: 272, arm64: 97 }, [0x10000000]],
    ['unshare a mount namespace', { x64: 272, arm64: 97 }, [0x20000]],
    ['setns', { x64: 308, arm64: 268 }, [0, 0]],
    ['ptrace', { x64: 101, arm64: 117 }, [0, 0, 0, 0]],
    ['clone into a user namespace', { x64: 56, arm64: 220 }, [0x10000011, 0, 0, 0, 0]],
    ['bpf', { x64: 321, arm64: 280 }, [0, 0, 0]],
    ['keyctl', { x64: 250, arm64: 219 }, [0, 0]],
    ['perf_event_open', { x64: 298, arm64: 241 }, [0, 0, 0, 0, 0]],
    ['userfaultfd', { x64: 323, arm64: 282 }, [1]],
    ['open_by_handle_at', { x64: 304, arm64: 265 }, [0, 0, 0]],
    ['syslog', { x64: 103, arm64: 116 }, [2, 0, 0]],
    ['type into a terminal (TIOCSTI)', { x64: 16, arm64: 29 }, [0, 0x5412, 0]],
    ['type into a terminal (TIOCSTI, with high bits set)', { x64: 16, arm64: 29 }, [0, 2 ** 32 + 0x5412, 0]],
  ])('may not %s', async (_, number, args) => {
    expect(await ask(calling(number, ...args))).toBe('EPERM')
  })

  it.each([
    ['clone3, so that libc falls back', { x64: 435, arm64: 435 }, [0, 0]],
    ['io_uring', { x64: 425, arm64: 425 }, [0, 0]],
  ])('takes the kernel for one without %s', async (_, number, args) => {
    expect(await ask(calling(number, ...args))).toBe('ENOSYS')
  })

  it('starts processes and threads as any program', async () => {
    expect(await ask(`import subprocess\nresult = subprocess.check_output(['echo', 'hi']).decode()`)).toBe('hi\n')
    expect(
      await ask(`
import threading
seen = []
thread = threading.Thread(target=lambda: seen.append(1))
thread.start()
thread.join()
result = seen`),
    ).toEqual([1])
  })

  it('opens no sockets that leave its network by another way', async () => {
    expect(await ask(`import socket\nsocket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)`)).toMatch(/^OSError/)
    expect(await ask(`import socket\nsocket.socket(socket.AF_PACKET, socket.SOCK_RAW)`)).toMatch(
      /^(OSError|PermissionError)/,
    )
    expect(await ask(`import socket\nsocket.socket(socket.AF_INET, socket.SOCK_RAW, 1)`)).toMatch(/^PermissionError/)
  })

  it('answers the machine over its own network', async () => {
    const response = await fetch(`http://${host}:8000/`)
    expect(await response.json()).toBe('hello')
  })

  it("reaches the store's public port as any outsider", async () => {
    expect(await ask(connecting(await gateway(ask), portOf(openPort)))).toBe('connected')
  })

  it('reaches no other port of the machine at the address that they share', async () => {
    expect(await ask(connecting(await gateway(ask), portOf(closedPort)))).toBe('timed out')
  })

  it("reaches no other port of the machine at any of the machine's addresses", async () => {
    for (const address of ownAddresses()) {
      expect(await ask(connecting(address, portOf(closedPort)))).toBe('timed out')
    }
  })

  it("has a loopback of its own, without the machine's services", async () => {
    expect(await ask(connecting('127.0.0.1', portOf(closedPort)))).toBe('ConnectionRefusedError')
  })

  it("does not reach the machine's abstract sockets", async () => {
    const name = `wave-store-${randomBytes(4).toString('hex')}`
    const server = createServer().listen(`\0${name}`)
    await once(server, 'listening')
    expect(await ask(`import socket\nsocket.socket(socket.AF_UNIX).connect('\\0${name}')`)).toMatch(
      /^ConnectionRefused/,
    )
    server.close()
  })

  it('does not reach another instance', async () => {
    expect(await ask(connecting(otherHost, 8000))).toBe('timed out')
  })

  it('reaches the outside, and not the private network beside the machine', async () => {
    expect(await ask(connecting(neighbour.publicAddress, 80))).toBe('connected')
    expect(await ask(connecting(neighbour.privateAddress, 80))).toBe('timed out')
  })

  it('does not reach link-local addresses, where clouds keep their metadata', async () => {
    expect(await ask(connecting('169.254.169.254', 80))).toBe('timed out')
  })

  it('reaches nothing over IPv6', async () => {
    expect(await ask(connecting('fd00::1', 80))).not.toBe('connected')
    expect(await ask(`result = open('/proc/net/if_inet6').read().count('eth0')`)).toBe(0)
  })

  it('resolves names wherever the machine does', async () => {
    const asked = await ask(`
import socket
lines = open('/etc/resolv.conf').read().split('\\n')
server = next(line.split()[1] for line in lines if line.startswith('nameserver'))
question = b'\\x12\\x34\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x09localhost\\x00\\x00\\x01\\x00\\x01'
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as resolver:
    resolver.settimeout(5)
    resolver.sendto(question, (server, 53))
    result = resolver.recv(512)[:2].hex()`)
    expect(asked).toBe('1234')
  })
})

function portOf(server: ReturnType<typeof createServer>): number {
  return (server.address() as AddressInfo).port
}

/** The machine's address that a sandbox sees. */
async function gateway(ask: Ask): Promise<string> {
  const address = await ask(`
import socket
lines = [line.split() for line in open('/proc/net/route').read().splitlines()]
result = next(socket.inet_ntoa(bytes.fromhex(line[2])[::-1]) for line in lines if line[1] == '00000000')`)
  return String(address)
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return all
    .filter(({ family, address }) => family === 'IPv4' && !address.startsWith('127.'))
    .map(({ address }) => address)
}
