import { closedNetworks } from '@wave-store/runtime/driver'
import { runCommand } from '../run-command.ts'

export interface FirewallFacts {
  /** Name of the table. */
  table: string
  /** What names of all interfaces on the host's side begin with. */
  interfacePrefix: string
  /** What names of interfaces of builds begin with. */
  buildPrefix: string
  addressRange: string
  /** Networks that the machine itself stands in. */
  localNetworks: string[]
  resolvers: string[]
  publicPort?: number
  /** The user that may open connections to instances, besides root. */
  gatewayUid: number
  /** What builds may reach although it is closed: package index and proxy. */
  buildHosts: { address: string; port: number }[]
}

/** The rules as a script that replaces whatever the table held, in one step. */
export function firewallScript(facts: FirewallFacts): string {
  const instances = `"${facts.interfacePrefix}*"`
  const builds = `"${facts.buildPrefix}*"`
  const names =
    facts.resolvers.length > 0
      ? `ip daddr { ${facts.resolvers.join(', ')} } meta l4proto { tcp, udp } th dport 53 accept`
      : ''
  const index = buildRule(builds, facts)
  const port = facts.publicPort ? `tcp dport ${facts.publicPort} accept` : ''
  const gateways = [...new Set([0, facts.gatewayUid])].join(', ')
  return `add table inet ${facts.table}
delete table inet ${facts.table}
table inet ${facts.table} {
  set closed {
    type ipv4_addr
    flags interval
    auto-merge
    elements = { ${[...closedNetworks, ...facts.localNetworks].join(', ')} }
  }
  chain forward {
    type filter hook forward priority filter; policy accept;
    iifname ${instances} oifname ${instances} drop
    oifname ${instances} ct state established,related accept
    oifname ${instances} drop
    iifname != ${instances} accept
    meta nfproto ipv6 drop
    ${names}
    ${index}
    ip daddr @closed drop
  }
  chain input {
    type filter hook input priority filter; policy accept;
    iifname != ${instances} accept
    ct state established,related accept
    meta nfproto ipv6 drop
    ${names}
    ${index}
    ${port}
    drop
  }
  chain output {
    type filter hook output priority filter; policy accept;
    oifname ${instances} ct state new meta skuid != { ${gateways} } drop
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr ${facts.addressRange} oifname != ${instances} masquerade
  }
}
`
}

export async function installFirewall(facts: FirewallFacts): Promise<void> {
  await runCommand('nft', ['-f', '-'], firewallScript(facts))
}

export async function removeFirewall(table: string): Promise<void> {
  await runCommand('nft', ['-f', '-'], `add table inet ${table}\ndelete table inet ${table}\n`)
}

/** Chains of others that drop forwarded packets; whatever our table accepts, they drop all the same. */
export async function closedForwardChains(): Promise<string[]> {
  return droppingForwardChains(await runCommand('nft', ['-j', 'list', 'chains']))
}

/** `listing` is what `nft -j list chains` prints. */
export function droppingForwardChains(listing: string): string[] {
  const { nftables } = JSON.parse(listing) as {
    nftables: { chain?: { family: string; table: string; name: string; hook?: string; policy?: string } }[]
  }
  return nftables.flatMap(({ chain }) =>
    chain?.hook === 'forward' && chain.policy === 'drop' ? [`${chain.family} ${chain.table} ${chain.name}`] : [],
  )
}

function buildRule(builds: string, { buildHosts }: FirewallFacts): string {
  if (buildHosts.length === 0) return ''
  const elements = buildHosts.map(({ address, port }) => `${address} . ${port}`)
  return `iifname ${builds} ip daddr . tcp dport { ${[...new Set(elements)].join(', ')} } accept`
}
