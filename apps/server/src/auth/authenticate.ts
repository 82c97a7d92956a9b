import { type TokenScope, tokenScopes } from '@wave-store/contract'
import type { Request } from 'express'
import type { Actor, Reader } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { clientAddress } from '../http/client-address.ts'
import { apiTokenPrefix } from './api-token-repository.ts'
import { actorOf } from './browser-session.ts'
import { apiResource } from './clients.ts'

/** Who asks, and how they came. */
export interface Caller {
  actor: Reader
  /** Told by the audit log. */
  via: string
  /** What an API token was made for; null: whatever the person may. */
  scopes: readonly TokenScope[] | null
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
  if (authorization === undefined) return { actor: await actorOf(context, request), via: 'browser', scopes: null }
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

/** A token without the scope `admin` acts as somebody who is no administrator. */
async function byApiToken({ apiTokens, config }: Needs, token: string, request: Request): Promise<Caller | undefined> {
  const used = await apiTokens.use(token, clientAddress(request, config.proxyHops))
  if (!used) return undefined
  const actor: Actor = { ...used.actor, isAdmin: used.actor.isAdmin && used.scopes.includes('admin') }
  return { actor, via: `token ${used.name}`, scopes: used.scopes }
}

/** An access token of our provider, which the command line signs in for. */
async function byAccessToken({ config, people, provider }: Needs, token: string): Promise<Caller | undefined> {
  const found = await provider.AccessToken.find(token)
  if (!found?.accountId || found.aud !== apiResource(config.publicUrl)) return undefined
  const actor = await people.byId(found.accountId)
  return actor && { actor, via: 'command line', scopes: null }
}

/** Whether a caller may use an operation at all, whatever it is about; every scope includes `read`. */
export function requireScope({ scopes }: Pick<Caller, 'scopes'>, wanted: TokenScope | 'self'): void {
  if (scopes === null || wanted === 'read' || scopes.some((scope) => scope === wanted)) return
  const remedy = tokenScopes.some((scope) => scope === wanted)
    ? `Make one with the scope ${wanted}.`
    : 'Do it in a browser or with a command line that is signed in.'
  throw new AppError('forbidden', `The API token was not made for this. ${remedy}`)
}
