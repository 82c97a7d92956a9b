import { apiTokenPrefix, type TokenScope, tokenScopes } from '@wave-store/contract'
import type { Request } from 'express'
import type { Actor, Reader } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { clientAddress } from '../http/client-address.ts'
import { hashToken } from '../token.ts'
import { actorOf, sessionToken } from './browser-session.ts'
import { apiResource } from './clients.ts'

/** Who asks, and how they came. */
export interface Caller {
  actor: Reader
  /** Told by the audit log. */
  via: string
  /** What an API token was made for; null: whatever the person may. */
  scopes: readonly TokenScope[] | null
  /** Who it is at a later moment, by the same means, which are not used by it; null: nobody any longer. */
  again: () => Promise<Reader>
}

type Needs = Pick<AppContext, 'apiTokens' | 'config' | 'people' | 'provider' | 'sessions'>

/**
 * Whoever the request's bearer token or session stands for. A token that counts for nothing is refused; the session is
 * not looked at then.
 *
 * @throws {AppError} `unauthenticated` for a token that is forged, expired, revoked, or for another audience
 */
export async function authenticate(context: Needs, request: Request): Promise<Caller> {
  const authorization = request.headers.authorization
  if (authorization === undefined) return bySession(context, request)
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1]
  const caller =
    token &&
    (token.startsWith(apiTokenPrefix) ? await byApiToken(context, token, request) : await byAccessToken(context, token))
  if (caller) return caller
  throw new AppError(
    'unauthenticated',
    'The token in the Authorization header is not valid here, or no longer. Sign in again, or make a new API token.',
  )
}

async function bySession(context: Needs, request: Request): Promise<Caller> {
  const token = sessionToken(request)
  const again = async () => (token ? context.sessions.actorOfHash(hashToken(token)) : null)
  return { actor: await actorOf(context, request), via: 'browser', scopes: null, again }
}

/** A token without the scope `admin` acts as somebody who is no administrator. */
async function byApiToken({ apiTokens, config }: Needs, token: string, request: Request): Promise<Caller | undefined> {
  const address = clientAddress(request, config.proxyHops)
  const used = await apiTokens.use(token, address)
  if (!used) return undefined
  const again = async () => {
    const later = await apiTokens.use(token, address)
    return later ? limited(later) : null
  }
  return { actor: limited(used), via: `token ${used.name}`, scopes: used.scopes, again }
}

function limited({ actor, scopes }: { actor: Actor; scopes: readonly TokenScope[] }): Actor {
  return { ...actor, isAdmin: actor.isAdmin && scopes.includes('admin') }
}

/** An access token of our provider, which the command line signs in for. */
async function byAccessToken({ config, people, provider }: Needs, token: string): Promise<Caller | undefined> {
  const found = await provider.AccessToken.find(token)
  if (!found?.accountId || found.aud !== apiResource(config.publicUrl)) return undefined
  const { accountId } = found
  const actor = await people.byId(accountId)
  // It is good for minutes; what was begun with it may go on for as long as the person is somebody.
  return (
    actor && { actor, via: 'command line', scopes: null, again: async () => (await people.byId(accountId)) ?? null }
  )
}

/** Whether a caller may use an operation at all, whatever it is about; every scope includes `read`. */
export function requireScope({ scopes }: Pick<Caller, 'scopes'>, wanted: TokenScope | 'self'): void {
  if (scopes === null || wanted === 'read' || scopes.some((scope) => scope === wanted)) return
  const remedy = tokenScopes.some((scope) => scope === wanted)
    ? `Make one with the scope ${wanted}.`
    : 'Do it in a browser or with a command line that is signed in.'
  throw new AppError('forbidden', `The API token was not made for this. ${remedy}`)
}
