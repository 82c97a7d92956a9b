import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import Provider, { type Configuration, errors } from 'oidc-provider'
import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { readCookie } from '../http/cookies.ts'
import { page } from '../http/page.ts'
import type { PeopleRepository } from '../people/repository.ts'
import { apiResource, cliClient, cliClientId, endSessionPath, storeClient, storeClientId } from './clients.ts'
import { deviceFlow } from './device-pages.ts'
import type { GrantRepository } from './grant-repository.ts'
import { loadGrant } from './grants.ts'
import { type InstanceClients, instanceClientAdapter, instanceIdOf } from './instance-clients.ts'
import { bindInteraction, interactionSeconds } from './interaction-cookie.ts'
import { storePolicy } from './interaction-policy.ts'
import { ProviderAdapter } from './provider-adapter.ts'
import type { ProviderKeys } from './provider-keys.ts'
import type { SessionRepository } from './session-repository.ts'

export const providerPath = '/oidc'
/** Where anybody begins something that the provider keeps for a while. */
export const authorizationPaths = ['/auth', '/device'].map((path) => providerPath + path)
/** What a client asks the provider itself, without a browser. */
export const backChannelPaths = ['/.well-known/openid-configuration', '/jwks', '/token', '/token/revocation'].map(
  (path) => providerPath + path,
)

export interface ProviderOptions {
  db: Db
  clock: Clock
  keys: ProviderKeys
  publicUrl: URL
  people: PeopleRepository
  sessions: SessionRepository
  grants: GrantRepository
  instanceClients: InstanceClients
  /** Id of the person whose session a request carries. */
  personOf: (request: IncomingMessage) => Promise<string | undefined>
  /** Makes sure that what is known of a person is not too old. */
  confirm: (personId: string) => Promise<void>
}

/** The embedded OpenID Connect provider: issues what the store, its command line and apps sign in with. */
export function createProvider(options: ProviderOptions): Provider {
  const provider = new Provider(options.publicUrl.origin + providerPath, configuration(options))
  // The handler below states what the public URL is; nothing of the kind is believed from outside.
  provider.proxy = true
  return provider
}

/** Ends what the provider remembers of a browser, and with it the tokens that apps got in it. */
export async function endProviderSession(provider: Provider, publicUrl: URL, request: IncomingMessage): Promise<void> {
  const id = readCookie(request.headers.cookie, sessionCookieName(publicUrl))
  if (id) await (await provider.Session.find(id))?.destroy()
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
    adapter: (kind: string) =>
      kind === 'Client'
        ? instanceClientAdapter(options.instanceClients)
        : new ProviderAdapter(kind, options.db, options.clock),
    // The identity key is published here for apps; tokens of the provider itself are signed with the others.
    jwks: { keys: [...options.keys.jwks.keys, options.keys.identityKey] },
    clients: [storeClient(options.publicUrl, options.keys.storeClientSecret), cliClient],
    cookies: cookies(options),
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      // A page of the store's own, since its session is what has to end.
      rpInitiatedLogout: { enabled: false },
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
    discovery: { end_session_endpoint: options.publicUrl.origin + endSessionPath },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'], roles: ['roles'] },
    conformIdTokenClaims: false,
    interactions: {
      policy: storePolicy({
        personOf: options.personOf,
        mayBeKnown: (clientId, personId) => mayBeKnown(options, clientId, personId),
      }),
      url: (context, { uid }) => {
        bindInteraction(context, uid)
        return `/auth/interaction/${uid}`
      },
    },
    findAccount: async (_context, subject, token) => {
      if (token?.kind === 'RefreshToken') await options.confirm(subject)
      if (token && instanceIdOf(token.clientId) && !(await mayStayKnown(options, token.clientId!, subject)))
        return undefined
      const person = await options.people.byId(subject)
      return person && { accountId: subject, claims: () => claimsOf(person) }
    },
    loadExistingGrant: (context) => loadGrant(context, { resource, grants: options.grants }),
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
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
      Interaction: interactionSeconds,
      Session: 86_400,
      RefreshToken: seconds.refreshToken,
      Grant: (_context, grant) => (grant.clientId === storeClientId ? 3600 : seconds.grant),
    },
  }
}

const seconds = { accessToken: 600, refreshToken: 30 * 86_400, grant: 365 * 86_400 }

function sessionCookieName({ protocol }: URL): string {
  return `${protocol === 'https:' ? '__Host-' : ''}wave-oidc-session`
}

/** On localhost browsers share no cookie between hosts; elsewhere the prefixes keep other hosts from setting ours. */
function cookies({ keys, publicUrl }: ProviderOptions): Configuration['cookies'] {
  const secure = publicUrl.protocol === 'https:'
  const options = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const
  return {
    keys: keys.cookieKeys,
    names: {
      session: sessionCookieName(publicUrl),
      // Bound to a path of their own, which `__Host-` does not allow.
      interaction: `${secure ? '__Secure-' : ''}wave-oidc-interaction`,
      resume: `${secure ? '__Secure-' : ''}wave-oidc-resume`,
    },
    long: options,
    short: options,
  }
}

/** `preferred_username` is what Wave apps show and store people under; what tells them apart for good is `sub`. */
function claimsOf({ id, name, email, roles }: Actor) {
  return { sub: id, name, preferred_username: email || name, email, roles: [...roles] }
}

async function mayBeKnown({ people, instanceClients }: ProviderOptions, clientId: string, personId: string) {
  return instanceClients.admits(clientId, (await people.byId(personId)) ?? null)
}

/** Tokens of an instance go on for those who may still open it, and who are signed in somewhere. */
async function mayStayKnown(options: ProviderOptions, clientId: string, personId: string): Promise<boolean> {
  const sessions = await options.sessions.listOf(personId)
  return sessions.length > 0 && (await mayBeKnown(options, clientId, personId))
}
