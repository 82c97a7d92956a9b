import type { IncomingMessage } from 'node:http'
import { readCookie } from '../http/cookies.ts'

/** Every cookie of the store and of the gateway begins so; none of them ever reaches an app, and no app may set one. */
const reservedPrefix = '__host-wave-'

const ticketName = '__Host-wave-ticket'
const nonceName = '__Host-wave-nonce'
const moveName = '__Host-wave-move'
/** As long as browsers keep any cookie. */
const moveLifetimeSeconds = 400 * 24 * 60 * 60
/** Long enough for somebody who has to look up a password; after it, sign-in begins once more. */
const nonceLifetimeSeconds = 600

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax'

export function readTicket(request: IncomingMessage): string | undefined {
  return readCookie(request.headers.cookie, ticketName) || undefined
}

export function readNonce(request: IncomingMessage): string | undefined {
  const nonce = readCookie(request.headers.cookie, nonceName)
  return nonce && /^[A-Za-z0-9_-]{22}$/.test(nonce) ? nonce : undefined
}

/** The mark of the move for which this browser last forgot what the app before had left at this host. */
export function readMoveMark(request: IncomingMessage): string | undefined {
  return readCookie(request.headers.cookie, moveName) || undefined
}

export function moveCookie(mark: string): string {
  return `${moveName}=${mark}; ${attributes}; Max-Age=${moveLifetimeSeconds}`
}

/** Names of cookies that apps set, as far as the path of the request shows them. */
export function appCookieNames(request: IncomingMessage): string[] {
  const pairs = cookiesForApp(request.headers.cookie ?? '')?.split(';') ?? []
  const names = pairs.map((pair) => pair.split('=', 1)[0]!.trim())
  return [...new Set(names)].filter((name) => /^[!#$%&'*+.^`|~\w-]+$/.test(name))
}

/** A session cookie: how long it is good for is the store's to say. */
export function ticketCookie(ticket: string): string {
  return `${ticketName}=${ticket}; ${attributes}`
}

export function nonceCookie(nonce: string): string {
  return `${nonceName}=${nonce}; ${attributes}; Max-Age=${nonceLifetimeSeconds}`
}

export function noNonceCookie(): string {
  return `${nonceName}=; ${attributes}; Max-Age=0`
}

/** Ends a cookie of the app's. */
export function noAppCookie(name: string, path: string): string {
  return `${name}=; Path=${path}; Max-Age=0`
}

/** The Cookie header as the app may see it; undefined when nothing is left. */
export function cookiesForApp(header: string): string | undefined {
  if (!header.toLowerCase().includes(reservedPrefix)) return header
  const kept = header.split(';').filter((pair) => !isReserved(pair))
  return kept.length > 0 ? kept.join(';').trim() : undefined
}

/**
 * A Set-Cookie value as the browser may see it: without `Domain`, which would hand the cookie to sibling instances,
 * and undefined when its name is one of ours.
 */
export function cookieFromApp(header: string): string | undefined {
  const [pair = '', ...rest] = header.split(';')
  if (isReserved(pair)) return undefined
  const kept = rest.filter((attribute) => !/^\s*domain\s*(=|$)/i.test(attribute))
  return kept.length === rest.length ? header : [pair, ...kept].join(';')
}

/** `=__Host-wave-ticket=x` is a cookie without a name that servers read as one with that name. */
function isReserved(pair: string): boolean {
  return pair
    .replace(/^[\s=]+/, '')
    .toLowerCase()
    .startsWith(reservedPrefix)
}
