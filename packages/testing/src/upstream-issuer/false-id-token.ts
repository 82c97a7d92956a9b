import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import type { IssuerState } from './issuer-state.ts'

/** The ID token with something about it that is not true. */
export async function falseIdToken(token: string, lie: NonNullable<IssuerState['lie']>, key: KeyObject) {
  const header = decodeProtectedHeader(token) as { alg: string; kid: string }
  const claims = decodeJwt(token)
  const signed = (payload: JWTPayload, by = key) => new SignJWT(payload).setProtectedHeader(header).sign(by)
  switch (lie) {
    case 'wrong_audience':
      return signed({ ...claims, aud: 'another-client' })
    case 'wrong_issuer':
      return signed({ ...claims, iss: 'https://another-issuer.example' })
    case 'wrong_nonce':
      return signed({ ...claims, nonce: 'of-another-sign-in' })
    case 'forged':
      return signed(claims, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
    case 'unsigned':
      return new UnsecuredJWT(claims).encode()
  }
}
