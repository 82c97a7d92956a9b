import type { IncomingMessage } from 'node:http'
import { cookiesForApp } from './gateway-cookies.ts'
import type { Admission } from './ports.ts'

export interface RequestFacts {
  user: Extract<Admission, { kind: 'open' }>['user']
  /** See `Admission`. */
  identity?: string | undefined
  /** Of the client, as far as the operator's own proxies vouch for it. */
  address: string
  instanceId: string
  /** `http` or `https`, as the browser sees it. */
  scheme: string
}

/** Meant for one connection only (RFC 9110, 7.6.1), or for a proxy. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
])
/**
 * Facts that only the gateway states; `proxy-` is between the client and us. CGI and WSGI read `Wave_User_Id` and
 * `Wave-User-Id` as one variable.
 */
const own = /^(?:(?:proxy|wave|x[-_]forwarded)[-_]|(?:forwarded|x[-_]real[-_]ip)$)/

/**
 * What an app is told: the browser's headers without those of the connection, our cookies and copies of our own
 * facts, then the facts. Names and values alternate.
 */
export function appRequestHeaders(request: IncomingMessage, facts: RequestFacts, hasBody: boolean): string[] {
  const listed = listedInConnection(request.headers.connection)
  const headers: string[] = []
  const raw = request.rawHeaders
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!
    const key = name.toLowerCase()
    if (isDropped(key, listed) || (key === 'content-length' && !hasBody)) continue
    const value = key === 'cookie' ? cookiesForApp(raw[index + 1]!) : raw[index + 1]!
    if (value !== undefined) headers.push(name, value)
  }
  headers.push(...factHeaders(request, facts))
  return headers
}

function factHeaders(
  request: IncomingMessage,
  { user, identity, address, instanceId, scheme }: RequestFacts,
): string[] {
  return [
    'X-Forwarded-For',
    address,
    'X-Forwarded-Host',
    request.headers.host!,
    'X-Forwarded-Proto',
    scheme,
    'Wave-Instance-Id',
    instanceId,
    ...(user === null ? [] : userHeaders(user)),
    ...(identity === undefined ? [] : ['Wave-Identity', identity]),
  ]
}

function userHeaders({ id, name, email }: NonNullable<RequestFacts['user']>): string[] {
  return ['Wave-User-Id', encodeFact(id), 'Wave-User-Name', encodeFact(name), 'Wave-User-Email', encodeFact(email)]
}

function isDropped(key: string, listed: ReadonlySet<string>): boolean {
  return own.test(key) || hopByHop.has(key) || listed.has(key)
}

const none: ReadonlySet<string> = new Set()

/** `Host` and `Cookie` are never a connection's own; a client that lists them does not get rid of them so. */
export function listedInConnection(header: string | undefined): ReadonlySet<string> {
  if (header === undefined || header === 'keep-alive' || header === 'close') return none
  const listed = new Set(header.split(',').map((name) => name.trim().toLowerCase()))
  listed.delete('host')
  listed.delete('cookie')
  return listed
}

/** Percent-encoded as UTF-8 wherever it is not printable ASCII, `%` included: `decodeURIComponent` gives it back. */
export function encodeFact(text: string): string {
  return text.toWellFormed().replaceAll(/[^\x20-\x24\x26-\x7e]+/gu, encodeURIComponent)
}
