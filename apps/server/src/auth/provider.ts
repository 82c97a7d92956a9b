import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import Provider, { type Configuration, errors } from 'oidc-provider'
import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { page } from '../http/page.ts'
import type { PeopleRepository } from '../people/repository.ts'
import { apiResource, cliClient, cliClientId, storeClient, storeClientId } from './clients.ts'
import { deviceFlow } from './device-pages.ts'
import { loadGrant } from './grants.ts'
import { storePolicy } from './interaction-policy.ts'
import { ProviderAdapter } from './provider-adapter.ts'
import type { ProviderKeys } from './provider-keys.ts'

export const providerPath = '/oidc'

export interface ProviderOptions {
  db: Db
  clock: Clock
  keys: ProviderKeys
  publicUrl: URL
  people: PeopleRepository
  /** Id of the person whose session a request carries. */
  personOf: (request: IncomingMessage) => Promise<string | undefined>
}

/** The embedded OpenID Connect provider: issues what the store, its command line and apps sign in with. */
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
  const resource = apiResource(options.publicUrl)
  return {
    adapter: (kind: string) => new ProviderAdapter(kind, options.db, options.clock),
    // The identity key is published here for apps; tokens of the provider itself are signed with the others.
    jwks: { keys: [...options.keys.jwks.keys, options.keys.identityKey] },
    clients: [storeClient(options.publicUrl, options.keys.storeClientSecret), cliClient],
    cookies: cookies(options),
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      deviceFlow,
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, client) => (client?.clientId === cliClientId ? resource : []),
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, wanted, client) => {
          if (wanted !== resource || client.clientId !== cliClientId) throw new errors.InvalidTarget()
          return { scope: 'api', audience: resource, accessTokenTTL: seconds.accessToken, accessTokenFormat: 'opaque' }
        },
      },
    },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], roles: ['roles'] },
    conformIdTokenClaims: false,
    interactions: {
      policy: storePolicy(options.personOf),
      url: (_context, interaction) => `/auth/interaction/${interaction.uid}`,
    },
    findAccount: async (_context, subject) => {
      const person = await options.people.byId(subject)
      return person && { accountId: subject, claims: () => claimsOf(person) }
    },
    loadExistingGrant: (context) => loadGrant(context, resource),
    issueRefreshToken: (_context, client) => client.clientId === cliClientId,
    // A command line stays signed in when a browser signs out; signing out everywhere ends both.
    expiresWithSession: (_context, source) => source.clientId !== cliClientId,
    renderError: (context, out) => {
      context.type = 'html'
      context.body = page(
        'Sign-in did not work',
        `<p>${page.escape(out.error_description ?? out.error)}</p><p><a href="/">Back to the store</a></p>`,
      )
    },
    ttl: {
      AuthorizationCode: 60,
      AccessToken: seconds.accessToken,
      IdToken: 600,
      DeviceCode: 600,
      Interaction: 3600,
      Session: 86_400,
      RefreshToken: seconds.refreshToken,
      Grant: (_context, grant) => (grant.clientId === storeClientId ? 3600 : seconds.grant),
    },
  }
}

const seconds = { accessToken: 600, refreshToken: 30 * 86_400, grant: 365 * 86_400 }

/** On localhost browsers share no cookie between hosts; elsewhere the prefixes keep other hosts from setting ours. */
function cookies({ keys, publicUrl }: ProviderOptions): Configuration['cookies'] {
  const secure = publicUrl.protocol === 'https:'
  const options = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const
  return {
    keys: keys.cookieKeys,
    names: {
      session: `${secure ? '__Host-' : ''}wave-oidc-session`,
      // Bound to a path of their own, which `__Host-` does not allow.
      interaction: `${secure ? '__Secure-' : ''}wave-oidc-interaction`,
      resume: `${secure ? '__Secure-' : ''}wave-oidc-resume`,
    },
    long: options,
    short: options,
  }
}

function claimsOf({ id, name, email, roles }: Actor) {
  return { sub: id, name, email, roles: [...roles] }
}
