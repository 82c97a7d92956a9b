import { createPrivateKey, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import type { JWK } from 'oidc-provider'
import type { Clock } from '../clock.ts'

const lifetimeSeconds = 300
/** A token is given out again for so long: whoever gets it has at least a minute for it. */
const reuseMs = 240_000
const maxTokens = 10_000

/** Who asks, and at which origin: a token for one app says nothing to another. */
export interface IdentityClaims {
  audience: string
  id: string
  name: string
  email: string
}

/** Says to apps who asks, in a form that they can check: a JWT (RFC 7519), signed with ES256, good for five minutes. */
export class IdentitySigner {
  /** What tokens are checked with, as a JSON Web Key Set (RFC 7517). */
  readonly publicKeys: { keys: JWK[] }
  readonly #key: KeyObject
  readonly #kid: string
  readonly #issuer: string
  readonly #clock: Clock
  /** The earliest first. */
  readonly #made = new Map<string, { at: number; token: Promise<string> }>()

  /**
   * @param options.key private key on the curve P-256, with a `kid`
   * @param options.issuer the store's origin
   */
  constructor({ key, issuer, clock }: { key: JWK; issuer: string; clock: Clock }) {
    const { d: _, ...publicKey } = key
    this.publicKeys = { keys: [publicKey] }
    this.#key = createPrivateKey({ key: { ...key }, format: 'jwk' })
    this.#kid = key.kid!
    this.#issuer = issuer
    this.#clock = clock
  }

  sign(claims: IdentityClaims): Promise<string> {
    const { audience, id, name, email } = claims
    const subject = JSON.stringify([audience, id, name, email])
    const now = this.#clock.now()
    const known = this.#made.get(subject)
    if (known && now >= known.at && now < known.at + reuseMs) return known.token
    const token = this.#make(claims, Math.floor(now / 1000))
    this.#made.delete(subject)
    for (const [oldest, { at }] of this.#made) {
      if (this.#made.size < maxTokens && now < at + reuseMs) break
      this.#made.delete(oldest)
    }
    this.#made.set(subject, { at: now, token })
    token.catch(() => this.#made.delete(subject))
    return token
  }

  #make({ audience, id, name, email }: IdentityClaims, issuedAt: number): Promise<string> {
    return new SignJWT({ name, email })
      .setProtectedHeader({ alg: 'ES256', kid: this.#kid, typ: 'JWT' })
      .setIssuer(this.#issuer)
      .setAudience(audience)
      .setSubject(id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(this.#key)
  }
}
