import type { IncomingMessage } from 'node:http'

/**
 * Address of the client: the peer's own, or what the outermost of the operator's proxies saw. Entries of
 * `X-Forwarded-For` are believed from the right, one for each proxy, since each appends what it saw itself.
 *
 * @param proxyHops how many proxies of the operator's stand in front; 0: whatever the header says is the client's claim
 */
export function clientAddress(request: IncomingMessage, proxyHops: number): string {
  const peer = (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '')
  if (proxyHops === 0) return peer
  const header = request.headers['x-forwarded-for']
  const seen = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((one) => one.trim())
  const address = seen.filter(Boolean).at(-proxyHops)
  return address && /^[0-9a-fA-F.:]{2,45}$/.test(address) ? address : peer
}
