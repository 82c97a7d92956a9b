import { listedInConnection } from './app-request-headers.ts'
import { cookieFromApp } from './gateway-cookies.ts'

/** Of one connection, about its framing, or a claim about the host as a whole that is not an app's to make. */
const dropped = new Set([
  'alt-svc',
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
/** `"cookies"` would reach beyond the instance's host: to its siblings, and to the ticket. */
const clearable = new Set(['"cache"', '"storage"'])

/** What a browser gets of an app's headers. Names and values alternate, on both sides. */
export function appResponseHeaders(raw: readonly string[], status: number): string[] {
  const { listed, chunked } = readConnection(raw)
  const headers: string[] = []
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!
    const key = name.toLowerCase()
    if (dropped.has(key) || listed.has(key)) continue
    if (key === 'content-length' && (chunked || status === 204)) continue
    const value = browserValue(key, raw[index + 1]!)
    if (value !== undefined) headers.push(name, value)
  }
  return headers
}

function browserValue(key: string, value: string): string | undefined {
  if (key === 'set-cookie') return cookieFromApp(value)
  if (key === 'clear-site-data') return clearableOf(value)
  return value
}

function clearableOf(value: string): string | undefined {
  const kept = value.split(',').filter((type) => clearable.has(type.trim()))
  return kept.length > 0 ? kept.join(',').trim() : undefined
}

function readConnection(raw: readonly string[]): { listed: ReadonlySet<string>; chunked: boolean } {
  let connection: string | undefined
  let chunked = false
  for (let index = 0; index < raw.length; index += 2) {
    const key = raw[index]!.toLowerCase()
    if (key === 'connection') connection = connection ? `${connection},${raw[index + 1]}` : raw[index + 1]
    if (key === 'transfer-encoding') chunked = true
  }
  return { listed: listedInConnection(connection), chunked }
}
