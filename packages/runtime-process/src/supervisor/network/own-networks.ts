import { existsSync, readdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { CommandError, runCommand } from '../run-command.ts'
import { AddressRange } from './address-range.ts'
import { closedForwardChains, type FirewallFacts, installFirewall, removeFirewall } from './firewall.ts'
import { allowForwarding, endForwarding, mtuOf, uplink } from './forwarding.ts'
import { findResolvers } from './resolvers.ts'

export interface OwnNetwork {
  /** Path of the network namespace. */
  namespace: string
  /** Addresses of the host's and of the sandbox's side. */
  host: string
  guest: string
  remove(): Promise<void>
}

export interface NetworkSettings {
  addressRange: string
  publicPort?: number
  /** The user that may open connections to instances, besides root. */
  gatewayUid: number
}

/** Network namespaces, each tied to the host by a veth pair, behind one firewall table. */
export class OwnNetworks {
  readonly #hash: string
  readonly #inUse = new Set<number>()
  #next: number
  #settings: NetworkSettings
  #range: AddressRange
  #buildHosts: FirewallFacts['buildHosts'] = []
  #installed = ''
  #forwardingSwitched: string | undefined

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
    const { index, host, guest } = this.#reserve()
    const name = `${this.prefix}${kind === 'build' ? 'b' : 'i'}${index}`
    const outside = uplink()
    const mtu = outside ? `mtu ${mtuOf(outside)}` : ''
    try {
      await runCommand('/bin/sh', ['-s'], bothSides(name, hostSide(name, host, mtu), guestSide(host, guest)))
      if (existsSync(`/proc/sys/net/ipv4/conf/${name}`)) allowForwarding(name)
    } catch (error) {
      await this.#remove(name, index)
      throw error
    }
    return { namespace: `/run/netns/${name}`, host, guest, remove: () => this.#remove(name, index) }
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
    await ipBatch([...links.map((name) => `link del ${name}`), ...namespaces.map((name) => `netns del ${name}`)])
    await removeFirewall(this.table)
    this.#installed = ''
    if (this.#forwardingSwitched && !(await this.#anotherStoreRuns())) endForwarding(this.#forwardingSwitched)
  }

  async #anotherStoreRuns(): Promise<boolean> {
    return (await runCommand('nft', ['list', 'tables'])).includes(' wave_store_')
  }

  #reserve() {
    const taken = new Set(Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map((it) => it.address)))
    for (let tried = 0; tried < this.#range.count; tried++) {
      const subnet = this.#range.subnet(this.#next)
      this.#next = (this.#next + 1) % this.#range.count
      if (this.#inUse.has(subnet.index) || taken.has(subnet.host)) continue
      this.#inUse.add(subnet.index)
      return subnet
    }
    throw new Error(`No network is free in ${this.#range.cidr}; set a larger address range`)
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

function hostSide(name: string, host: string, mtu: string): string {
  return `netns add ${name}
link add ${name} ${mtu} type veth peer name eth0 ${mtu} netns ${name}
link set ${name} addrgenmode none
addr add ${host}/30 dev ${name}
link set ${name} up
`
}

function guestSide(host: string, guest: string): string {
  return `addr add ${guest}/30 dev eth0
link set lo up
link set eth0 addrgenmode none
link set eth0 up
route add default via ${host}
`
}

/** One script for both, as a process begun by a shell costs less than one begun by us. */
function bothSides(name: string, hostSide: string, guestSide: string): string {
  return `set -e
ip -batch - <<'END'
${hostSide}END
ip -n ${name} -batch - <<'END'
${guestSide}END
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
