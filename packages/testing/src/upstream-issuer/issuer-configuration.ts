import type { KeyObject } from 'node:crypto'
import type { Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider'
import { clientId, clientSecret, type IssuerPerson, type IssuerState } from './issuer-state.ts'
import { MemoryAdapter } from './memory-adapter.ts'

const resource = 'urn:example:account'
const scope = 'openid profile email'

/** An issuer that grants its one client everything and whose people are whatever `state` says at the moment. */
export function issuerConfiguration(state: IssuerState, key: KeyObject): Configuration {
  return {
    adapter: MemoryAdapter,
    jwks: { keys: [{ ...(key.export({ format: 'jwk' }) as JWK), kid: 'test', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['of the test issuer'] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: ['http://localhost/auth/upstream/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'realm_access', 'resource_access'], email: ['email'] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => (state.rolesIn === 'access_token' ? resource : []),
        useGrantedResource: () => state.rolesIn === 'access_token',
        getResourceServerInfo: () => ({ scope, audience: 'account', accessTokenFormat: 'jwt' }),
      },
    },
    extraTokenClaims: (_context, token) =>
      'accountId' in token ? rolesOf(state, personBy(state, token.accountId)) : undefined,
    findAccount: (_context, subject) => {
      const person = personBy(state, subject)
      if (!person || person.isDisabled) return undefined
      const { name, email } = person
      const claims = (use: string) => ({
        sub: subject,
        name,
        email,
        ...(state.rolesIn === use && rolesOf(state, person)),
      })
      return { accountId: subject, claims }
    },
    interactions: { url: (_context, { uid }) => `/login/${uid}` },
    issueRefreshToken: () => state.refreshTokens,
    rotateRefreshToken: true,
    loadExistingGrant: grantEverything,
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 86_400, IdToken: 600, Interaction: 600, Session: 86_400 },
  }
}

async function grantEverything({ oidc: { client, provider, session } }: KoaContextWithOIDC) {
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
  grant.addOIDCScope(scope)
  grant.addResourceScope(resource, scope)
  await grant.save()
  return grant
}

function personBy(state: IssuerState, subject: string | undefined): IssuerPerson | undefined {
  return Object.values(state.people).find((person) => person.subject === subject)
}

/** `a.b` becomes `{ a: { b: […] } }`. */
function rolesOf({ roleClaim }: IssuerState, person: IssuerPerson | undefined): Record<string, unknown> {
  const [first = '', ...rest] = roleClaim.split('.')
  return { [first]: rest.reduceRight<unknown>((inner, name) => ({ [name]: inner }), person?.roles ?? []) }
}
