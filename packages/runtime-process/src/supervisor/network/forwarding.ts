import { readFileSync, writeFileSync } from 'node:fs'

const settings = '/proc/sys/net/ipv4'

export function mtuOf(interfaceName: string): number {
  return Number(readFileSync(`/sys/class/net/${interfaceName}/mtu`, 'utf8'))
}

/**
 * Lets one interface forward, leaving the machine's `ip_forward` as it is; packets need it on the interface that they
 * come in by, so replies from outside need it on the uplink.
 *
 * @returns whether it had been off.
 */
export function allowForwarding(interfaceName: string): boolean {
  const file = `${settings}/conf/${interfaceName}/forwarding`
  if (readFileSync(file, 'utf8').trim() === '1') return false
  writeFileSync(file, '1')
  return true
}

export function endForwarding(interfaceName: string): void {
  if (readFileSync(`${settings}/ip_forward`, 'utf8').trim() === '1') return
  writeFileSync(`${settings}/conf/${interfaceName}/forwarding`, '0')
}
