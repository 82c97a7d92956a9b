import type { IncomingMessage } from 'node:http'
import type { Response } from 'express'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { readCookie } from '../http/cookies.ts'
import { hashToken } from '../token.ts'
import { cookieOptions } from './browser-session.ts'

export const interactionSeconds = 3600

/**
 * Says that an interaction was begun in this browser. The provider's own cookie says it too, but is bound to a path, and
 * so cannot have the prefix that keeps other hosts of the domain from setting it: apps, where theirs are below the
 * store's. With theirs planted, whoever is here would sign a browser elsewhere in.
 */
export function bindInteraction(context: KoaContextWithOIDC, uid: string): void {
  const attributes = `Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${interactionSeconds}`
  context.append('Set-Cookie', `${cookieOf(uid)}=${uid}; ${attributes}`)
}

export function isBoundInteraction(request: IncomingMessage, uid: string): boolean {
  return readCookie(request.headers.cookie, cookieOf(uid)) === uid
}

export function unbindInteraction(response: Response, uid: string): void {
  response.clearCookie(cookieOf(uid), cookieOptions)
}

/** One cookie an interaction, so that two tabs can have one each. */
function cookieOf(uid: string): string {
  return `__Host-wave-interaction-${hashToken(uid).replaceAll('-', '').slice(0, 8)}`
}
