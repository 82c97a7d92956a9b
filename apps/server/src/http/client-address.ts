import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * Address of the client: the peer's own, or what the outermost of the operator's proxies saw. Entries of
 * `X-Forwarded-For` are believed from the right, one for each proxy, since each appends what it saw itself. A chain that
 * is shorter, or holds something else at that place, says nothing: the peer counts then.
 *
 * @param proxyHops how many proxies of the operator's stand in front; 0: whatever the header says is the client's claim
 * @returns an IP address without a port, IPv6 in lower case
 */
export function clientAddress(request: IncomingMessage, proxyHops: number): string {
  const peer = readAddress(request.socket.remoteAddress ?? '') ?? 'unknown'
  if (proxyHops === 0) return peer
  const header = request.headers['x-forwarded-for']
  const chain = Array.isArray(header) ? header.join(',') : (header ?? '')
  return readAddress(chain.split(',').at(-proxyHops) ?? '') ?? peer
}

/**
 * What a client has one of, for limits: an IPv4 address, or a /64 of IPv6, all of whose addresses one subscriber has.
 *
 * @param address as `clientAddress` gives it
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail?.split(':').filter(Boolean) ?? []
  const zeros = new Array<string>(8 - groups.length - rest.length).fill('0')
  return `${[...groups, ...(tail === undefined ? [] : zeros), ...rest].slice(0, 4).join(':')}::/64`
}

/** Some proxies write a port behind the address, and brackets around IPv6; a port would make every connection another client. */
function readAddress(entry: string): string | undefined {
  const text = entry.trim().toLowerCase()
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/, '').replace(/%.*$/, '')
  return isIP(address) ? address : undefined
}
