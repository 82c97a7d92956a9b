import type { RequestHandler } from 'express'
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { page } from '../http/page.ts'
import type { PeopleRepository } from '../people/repository.ts'
import { ProviderAdapter } from './provider-adapter.ts'
import type { ProviderKeys } from './provider-keys.ts'

export const storeClientId = 'wave-store'
export const providerPath = '/oidc'
export const callbackPath = '/auth/callback'

export interface ProviderOptions {
  db: Db
  clock: Clock
  keys: ProviderKeys
  publicUrl: URL
  people: PeopleRepository
}

/** The embedded OpenID Connect provider: issues what the store, and later its command line and apps, sign in with. */
export function createProvider(options: ProviderOptions): Provider {
  const provider = new Provider(options.publicUrl.origin + providerPath, configuration(options))
  // The handler below states what the public URL is; nothing of the kind is believed from outside.
  provider.proxy = true
  return provider
}

/** Express handler for everything below `/oidc`. */
export function providerHandler(provider: Provider, publicUrl: URL): RequestHandler {
  const handle = provider.callback()
  return (request, response) => {
    request.headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1)
    request.headers['x-forwarded-host'] = publicUrl.host
    void handle(request, response)
  }
}

function configuration(options: ProviderOptions): Configuration {
  const secure = options.publicUrl.protocol === 'https:'
  const cookie = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const
  return {
    adapter: (kind: string) => new ProviderAdapter(kind, options.db, options.clock),
    jwks: options.keys.jwks,
    clients: [
      {
        client_id: storeClientId,
        client_secret: options.keys.storeClientSecret,
        redirect_uris: [options.publicUrl.origin + callbackPath],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    cookies: {
      keys: options.keys.cookieKeys,
      names: { session: 'wave_oidc_session', interaction: 'wave_oidc_interaction', resume: 'wave_oidc_resume' },
      long: cookie,
      short: cookie,
    },
    features: { devInteractions: { enabled: false }, userinfo: { enabled: false } },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], roles: ['roles'] },
    conformIdTokenClaims: false,
    interactions: { url: (_context, interaction) => `/auth/interaction/${interaction.uid}` },
    findAccount: async (_context, subject) => {
      const person = await options.people.byId(subject)
      return person && { accountId: subject, claims: () => claimsOf(person) }
    },
    loadExistingGrant: grantStore,
    renderError: (context, out) => {
      context.type = 'html'
      context.body = page(
        'Sign-in did not work',
        `<p>${page.escape(out.error_description ?? out.error)}</p><p><a href="/">Back to the store</a></p>`,
      )
    },
    ttl: { AuthorizationCode: 60, AccessToken: 600, IdToken: 600, Interaction: 3600, Session: 3600, Grant: 3600 },
  }
}

function claimsOf({ id, name, email, roles }: Actor) {
  return { sub: id, name, email, roles: [...roles] }
}

/** The store itself needs nobody's consent. */
async function grantStore(context: KoaContextWithOIDC) {
  const { client, session, provider } = context.oidc
  if (client?.clientId !== storeClientId) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session!.accountId! })
  grant.addOIDCScope('openid profile email roles')
  await grant.save()
  return grant
}
