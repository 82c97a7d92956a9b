import type { ClientMetadata } from 'oidc-provider'

export const storeClientId = 'wave-store'
export const cliClientId = 'h2o'
export const callbackPath = '/auth/callback'
/** Where apps send people who sign out in them. */
export const endSessionPath = '/auth/end-session'
/** What a sign-in of the command line asks for. */
export const cliScopes = 'openid profile email roles api'

/** The store's own page: a confidential client. */
export function storeClient(publicUrl: URL, secret: string): ClientMetadata {
  return {
    client_id: storeClientId,
    client_secret: secret,
    redirect_uris: [publicUrl.origin + callbackPath],
    response_types: ['code'],
    grant_types: ['authorization_code'],
  }
}

/** The command line: a public client that listens on a loopback port of its own, or shows a code (RFC 8252, RFC 8628). */
export const cliClient: ClientMetadata = {
  client_id: cliClientId,
  client_name: 'The h2o command line',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback', 'http://localhost/callback'],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
}

/** Audience of access tokens that the API takes. */
export function apiResource(publicUrl: URL): string {
  return `${publicUrl.origin}/api`
}
