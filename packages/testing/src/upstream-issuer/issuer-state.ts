/** Somebody whom the issuer knows by a username. */
export interface IssuerPerson {
  subject: string
  name: string
  email: string
  roles: string[]
  isDisabled?: boolean
}

/** What tests change while the issuer runs. */
export interface IssuerState {
  people: Record<string, IssuerPerson>
  /** Dotted path of the claim that holds roles; begins with `realm_access` or `resource_access`. */
  roleClaim: string
  rolesIn: 'id_token' | 'userinfo' | 'access_token'
  /** Whether sign-ins give refresh tokens; each is good once. */
  refreshTokens: boolean
  /** Nobody listens at its address. */
  isDown: boolean
  /** The token endpoint answers 500. */
  isFailing: boolean
  /** The token endpoint refuses the store's secret. */
  isClientUnknown: boolean
  /** What is wrong with ID tokens. */
  lie: 'wrong_audience' | 'wrong_issuer' | 'forged' | 'unsigned' | 'wrong_nonce' | null
}

export const clientId = 'wave-store-test'
export const clientSecret = 'a-secret-of-the-store'

export const firstState: IssuerState = {
  people: {
    ada: { subject: 's-ada', name: 'Ada Upstream', email: 'ada@example.org', roles: ['admin'] },
    dana: { subject: 's-dana', name: 'Dana Upstream', email: 'dana@example.org', roles: ['store-users'] },
    vera: { subject: 's-vera', name: 'Vera Upstream', email: 'vera@example.org', roles: [] },
  },
  roleClaim: 'realm_access.roles',
  rolesIn: 'id_token',
  refreshTokens: true,
  isDown: false,
  isFailing: false,
  isClientUnknown: false,
  lie: null,
}

/** What a test asks of the issuer's process, and what it answers. */
export type IssuerRequest = { change: Partial<IssuerState> } | { revoke: string } | { tell: 'tokenRequests' }
export type IssuerAnswer = { ready: true } | { id: number; value: number }
