import { existsSync, readdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { CommandError, runCommand } from '../run-command.ts'
import { AddressRange } from './address-range.ts'
import { closedForwardChains, type FirewallFacts, installFirewall, removeFirewall } from './firewall.ts'
import { allowForwarding, endForwarding, mtuOf } from './forwarding.ts'
import { findResolvers } from './resolvers.ts'
import { singleAddresses, uplink } from './routes.ts'

export interface OwnNetwork {
  /** Path of the network namespace. */
  namespace: string
  /** The sandbox's address in it. */
  address: string
  remove(): Promise<void>
}

export interface NetworkSettings {
  addressRange: string
  publicPort?: number
  /** The user that may open connections to instances, besides root. */
  gatewayUid: number
}

/**
 * Network namespaces, each tied to the host by a veth pair, behind one firewall table. The host's end of a pair has no
 * address but a route: browsers on the machine take every new address for another network and cut what they are doing.
 * All pairs share one address of the host, on its loopback interface.
 */
export class OwnNetworks {
  readonly #hash: string
  readonly #inUse = new Set<number>()
  #next: number
  #settings: NetworkSettings
  #range: AddressRange
  #buildHosts: FirewallFacts['buildHosts'] = []
  #installed = ''
  #forwardingSwitched: string | undefined
  #host: string | undefined

  constructor(hash: string, settings: NetworkSettings) {
    this.#hash = hash.slice(0, 7)
    this.#settings = settings
    this.#range = new AddressRange(settings.addressRange)
    this.#next = Number.parseInt(this.#hash, 16) % this.#range.count
  }

  get prefix(): string {
    return `wv${this.#hash}`
  }

  /** A network that was made under other conditions is not as one would be made now. */
  get conditions(): string {
    const outside = uplink()
    return `${this.#range.cidr} ${outside ?? ''} ${outside ? mtuOf(outside) : ''}`
  }

  /** How many there can be at one time. */
  get count(): number {
    return this.#range.count
  }

  get table(): string {
    return `wave_store_${this.#hash}`
  }

  /** Brings the firewall in line with the settings and with the machine as it is now. */
  async apply(settings: NetworkSettings = this.#settings): Promise<void> {
    if (settings.addressRange !== this.#range.cidr) this.#range = new AddressRange(settings.addressRange)
    this.#settings = settings
    const facts = this.#facts()
    const key = JSON.stringify(facts)
    if (key === this.#installed) return
    await installFirewall(facts)
    this.#host ??= await this.#addHost()
    this.#installed = key
    const outside = uplink()
    if (outside && allowForwarding(outside)) this.#forwardingSwitched = outside
  }

  /** Opens closed addresses for builds, on top of the public internet that they reach anyway. */
  async openForBuilds(hosts: FirewallFacts['buildHosts']): Promise<void> {
    this.#buildHosts = hosts
    await this.apply()
  }

  async add(kind: 'instance' | 'build'): Promise<OwnNetwork> {
    await this.apply()
    const { index, address } = this.#reserve()
    const name = `${this.prefix}${kind === 'build' ? 'b' : 'i'}${index}`
    const outside = uplink()
    const mtu = outside ? `mtu ${mtuOf(outside)}` : ''
    const ends = { name, host: this.#host!, guest: address, mtu }
    try {
      await runCommand('/bin/sh', ['-s'], bothSides(ends))
      if (existsSync(`/proc/sys/net/ipv4/conf/${name}`)) allowForwarding(name)
    } catch (error) {
      await this.#remove(name, index)
      throw error
    }
    return { namespace: `/run/netns/${name}`, address, remove: () => this.#remove(name, index) }
  }

  /** What is in the way of a network on this machine, as sentences for operators. */
  async advice(): Promise<string[]> {
    const advice: string[] = []
    const chains = await closedForwardChains()
    for (const chain of chains) {
      const rules = [
        `iifname "${this.prefix}*" accept`,
        `oifname "${this.prefix}*" ct state established,related accept`,
      ]
      const remedy = rules.map((rule) => `nft insert rule ${chain} ${rule}`).join('; ')
      advice.push(`The chain ${chain} of this machine drops what apps send to the internet; allow it with: ${remedy}.`)
    }
    if (findResolvers().addresses.length === 0) {
      advice.push('Apps cannot resolve names: /etc/resolv.conf names no IPv4 resolver other than this machine itself.')
    }
    return advice
  }

  /** Removes every namespace and interface of this store, also those of a supervisor that was killed. */
  async removeAll(): Promise<void> {
    const links = existing('/sys/class/net').filter((name) => name.startsWith(this.prefix))
    const namespaces = existing('/run/netns').filter((name) => name.startsWith(this.prefix))
    const addresses = networkInterfaces()[this.#label] ?? []
    await ipBatch([
      ...links.map((name) => `link del ${name}`),
      ...namespaces.map((name) => `netns del ${name}`),
      ...addresses.map(({ address }) => `addr del ${address}/32 dev lo`),
    ])
    await removeFirewall(this.table)
    this.#installed = ''
    this.#host = undefined
    if (this.#forwardingSwitched && !(await this.#anotherStoreRuns())) endForwarding(this.#forwardingSwitched)
  }

  async #anotherStoreRuns(): Promise<boolean> {
    return (await runCommand('nft', ['list', 'tables'])).includes(' wave_store_')
  }

  /** How the host's address is known to be this store's. */
  get #label(): string {
    return `lo:${this.prefix}`
  }

  async #addHost(): Promise<string> {
    const { address } = this.#reserve()
    await runCommand('ip', ['address', 'add', `${address}/32`, 'dev', 'lo', 'label', this.#label])
    return address
  }

  #reserve(): { index: number; address: string } {
    const taken = new Set([...ownAddresses(), ...singleAddresses()])
    for (let tried = 0; tried < this.#range.count; tried++) {
      const index = this.#next
      const address = this.#range.address(index)
      this.#next = (index + 1) % this.#range.count
      if (this.#inUse.has(index) || taken.has(address)) continue
      this.#inUse.add(index)
      return { index, address }
    }
    throw new Error(`No address is free in ${this.#range.cidr}; set a larger address range`)
  }

  async #remove(name: string, index: number): Promise<void> {
    const commands: string[] = []
    if (existsSync(`/sys/class/net/${name}`)) commands.push(`link del ${name}`)
    if (existsSync(`/run/netns/${name}`)) commands.push(`netns del ${name}`)
    await ipBatch(commands)
    this.#inUse.delete(index)
  }

  #facts(): FirewallFacts {
    return {
      table: this.table,
      interfacePrefix: this.prefix,
      buildPrefix: `${this.prefix}b`,
      addressRange: this.#range.cidr,
      localNetworks: localNetworks(),
      resolvers: findResolvers().addresses,
      ...(this.#settings.publicPort ? { publicPort: this.#settings.publicPort } : {}),
      gatewayUid: this.#settings.gatewayUid,
      buildHosts: this.#buildHosts,
    }
  }
}

/** Networks of this machine's own interfaces, without those of stores. */
export function localNetworks(): string[] {
  return Object.entries(networkInterfaces())
    .filter(([name]) => !/^wv[0-9a-f]{7}[bi]\d+$/.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .flatMap(({ family, cidr }) => (family === 'IPv4' && cidr && !cidr.endsWith('/32') ? [cidr] : []))
    .sort()
}

/** Addresses of this machine, those of stores among them. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address))
}

interface Ends {
  name: string
  host: string
  guest: string
  mtu: string
}

/** Every pair is a wire of its own, so that the same one does for all. */
const hostMac = '0a:77:61:76:65:01'

/** As many as there are addresses: what apps derive from it is theirs alone. */
function macOf(address: string): string {
  const bytes = address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'))
  return ['0a', '77', ...bytes].join(':')
}

/**
 * One script for both, as a process begun by a shell costs less than one begun by us. Each end is told where the other
 * one is: machines may be set to answer for addresses of the same interface alone (`arp_ignore`).
 */
function bothSides({ name, host, guest, mtu }: Ends): string {
  return `set -e
ip -batch - <<'END'
netns add ${name}
link add ${name} address ${hostMac} ${mtu} type veth peer name eth0 address ${macOf(guest)} ${mtu} netns ${name}
link set ${name} addrgenmode none
link set ${name} up
route add ${guest}/32 dev ${name} src ${host}
neighbour add ${guest} lladdr ${macOf(guest)} dev ${name} nud permanent
END
ip -n ${name} -batch - <<'END'
addr add ${guest}/32 dev eth0
link set lo up
link set eth0 addrgenmode none
link set eth0 up
route add ${host}/32 dev eth0
route add default via ${host}
neighbour add ${host} lladdr ${hostMac} dev eth0 nud permanent
END
`
}

/** Does all it can, and takes what has gone in the meantime as done. */
async function ipBatch(commands: string[]): Promise<void> {
  if (commands.length === 0) return
  try {
    await runCommand('ip', ['-force', '-batch', '-'], `${commands.join('\n')}\n`)
  } catch (error) {
    if (!(error instanceof CommandError) || !/Cannot find device|No such file/.test(error.message)) throw error
  }
}

function existing(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : []
}
