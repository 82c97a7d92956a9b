import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type * as openid from 'openid-client'
import type { Claims } from './upstream-claims.ts'
import { UpstreamError } from './upstream-error.ts'

/** Digital signatures only: a shared secret would not say who signed. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** Reads access tokens of an issuer where they are JWTs; to a client they are opaque by the standard. */
export class AccessTokenReader {
  readonly #keys: JWTVerifyGetKey | undefined

  constructor(configuration: openid.Configuration) {
    const { jwks_uri } = configuration.serverMetadata()
    this.#keys = jwks_uri === undefined ? undefined : createRemoteJWKSet(new URL(jwks_uri))
  }

  /**
   * The claims of a token that the issuer signed for the subject; none otherwise.
   *
   * @throws {UpstreamError} `unreachable` when its keys cannot be had
   */
  async read(token: string, { issuer, subject }: { issuer: string; subject: string }): Promise<Claims> {
    if (!this.#keys || token.split('.').length !== 3) return {}
    try {
      return (await jwtVerify(token, this.#keys, { issuer, subject, algorithms })).payload
    } catch (cause) {
      if (isAboutToken(cause)) return {}
      throw new UpstreamError('unreachable', 'its keys cannot be had')
    }
  }
}

function isAboutToken(cause: unknown): boolean {
  return cause instanceof errors.JOSEError && !['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT'].includes(cause.code)
}
