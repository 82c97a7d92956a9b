import { expect, it } from 'vitest'
import { droppingForwardChains, firewallScript } from './firewall.ts'

const facts = {
  table: 'wave_store_0123456',
  interfacePrefix: 'wv0123456',
  buildPrefix: 'wv0123456b',
  addressRange: '10.213.0.0/16',
  localNetworks: ['192.0.2.7/24'],
  resolvers: [],
  gatewayUid: 1000,
  buildHosts: [],
}

it('closes private, link-local and shared addresses and the networks that the machine stands in', () => {
  const script = firewallScript(facts)
  for (const network of [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '169.254.0.0/16',
    '192.0.2.7/24',
  ]) {
    expect(script).toContain(network)
  }
})

it('opens name resolution, the public port and the index only where there is one', () => {
  expect(firewallScript(facts)).not.toContain('dport')
  const script = firewallScript({
    ...facts,
    resolvers: ['10.0.0.2'],
    publicPort: 8080,
    buildHosts: [{ address: '10.0.0.3', port: 3141 }],
  })
  expect(script).toContain('ip daddr { 10.0.0.2 } meta l4proto { tcp, udp } th dport 53 accept')
  expect(script).toContain('tcp dport 8080 accept')
  expect(script).toContain('iifname "wv0123456b*" ip daddr . tcp dport { 10.0.0.3 . 3141 } accept')
})

it('lets only root and the gateway connect to instances', () => {
  expect(firewallScript(facts)).toContain('ct state new meta skuid != { 0, 1000 } drop')
})

it('finds the chains of others that drop what is forwarded', () => {
  const chain = (name: string, hook: string, policy: string) => ({
    chain: { family: 'ip', table: 'filter', name, hook, policy },
  })
  const listing = {
    nftables: [chain('FORWARD', 'forward', 'drop'), chain('INPUT', 'input', 'drop'), chain('x', 'forward', 'accept')],
  }
  expect(droppingForwardChains(JSON.stringify(listing))).toEqual(['ip filter FORWARD'])
})
