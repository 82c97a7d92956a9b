import type { IncomingMessage } from 'node:http'

/** Where a request is going, decided by the host that it names. */
export type Destination =
  | { kind: 'store' }
  | { kind: 'instance'; label: string }
  /** A host that is neither the store's nor an instance's. */
  | { kind: 'elsewhere' }
  /** The request contradicts itself or names no host. */
  | { kind: 'malformed'; reason: string }

export interface Addresses {
  publicUrl: URL
  /** Host, with port where it is not the scheme's own, under which each instance has a label: `localhost:8080`. */
  appsHost: string
}

const hostPattern = /^(?<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?<port>\d{1,5}))?$/
const labelPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const absoluteForm = /^(?<scheme>https?):\/\/(?<host>[^/?#]*)(?<rest>[/?].*)?$/i

/**
 * Reads the destination of a request, and brings a target in absolute form (RFC 9112, 3.2.2) into the usual one, so
 * that everything behind sees a path.
 */
export function readDestination(request: IncomingMessage, addresses: Addresses): Destination {
  const host = onlyHost(request)
  if (host === undefined) return malformed('A request names exactly one host.')
  const target = request.url ?? ''
  if (!target.startsWith('/')) {
    const absolute = absoluteForm.exec(target)?.groups
    if (!absolute) return malformed('The request target is neither a path nor a full address.')
    if (absolute.host?.toLowerCase() !== host.toLowerCase()) return malformed('Request target and Host disagree.')
    const rest = absolute.rest ?? '/'
    request.url = rest.startsWith('/') ? rest : `/${rest}`
  }
  return destinationOf(host, addresses)
}

/** The address of an instance, such as `http://<label>.localhost:8080`. */
export function instanceOrigin(label: string, addresses: Addresses): string {
  return `${addresses.publicUrl.protocol}//${label}.${addresses.appsHost}`
}

export function isLabel(text: string): boolean {
  return labelPattern.test(text)
}

function destinationOf(value: string, { publicUrl, appsHost }: Addresses): Destination {
  const match = hostPattern.exec(value.toLowerCase())?.groups
  if (!match) return malformed('The Host header is not a host name with an optional port.')
  const ownPort = publicUrl.protocol === 'https:' ? '443' : '80'
  const host = match.port === undefined || match.port === ownPort ? match.name! : `${match.name}:${match.port}`
  if (host === publicUrl.host) return { kind: 'store' }
  const label = host.endsWith(`.${appsHost}`) ? host.slice(0, -appsHost.length - 1) : ''
  return isLabel(label) ? { kind: 'instance', label } : { kind: 'elsewhere' }
}

function onlyHost(request: IncomingMessage): string | undefined {
  const names = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  return names.length === 1 ? request.headers.host : undefined
}

function malformed(reason: string): Destination {
  return { kind: 'malformed', reason }
}
