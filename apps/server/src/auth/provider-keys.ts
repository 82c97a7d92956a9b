import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { JWK } from 'oidc-provider'

/** What the embedded identity provider signs and seals with. */
export interface ProviderKeys {
  jwks: { keys: JWK[] }
  cookieKeys: string[]
  storeClientSecret: string
  /** Signs what apps are told about who asks. */
  identityKey: JWK
  /** What the secrets of instances' own clients are made from. */
  instanceClientKey: string
  /** For what rests in the database but must not be readable in a copy of it; 32 bytes in base64url. */
  sealingKey: string
}

/** Reads the keys, and makes those that are not there yet. They stand beside the database, not in it and not in its backup. */
export async function loadProviderKeys(path: string): Promise<ProviderKeys> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null
    throw cause
  })
  const kept = text === null ? {} : (JSON.parse(text) as Partial<ProviderKeys>)
  const keys = completed(kept)
  if (!isDeepStrictEqual(keys, kept)) await keepProviderKeys(path, keys)
  return keys
}

export async function keepProviderKeys(path: string, keys: ProviderKeys): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(keys), { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
}

function completed(kept: Partial<ProviderKeys>): ProviderKeys {
  return {
    ...kept,
    jwks: kept.jwks ?? signingKeys(),
    cookieKeys: kept.cookieKeys ?? [randomSecret()],
    storeClientSecret: kept.storeClientSecret ?? randomSecret(),
    identityKey: kept.identityKey ?? newIdentityKey(),
    instanceClientKey: kept.instanceClientKey ?? randomSecret(),
    sealingKey: kept.sealingKey ?? randomSecret(),
  }
}

function signingKeys(): ProviderKeys['jwks'] {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { keys: [{ ...(privateKey.export({ format: 'jwk' }) as JWK), kid: newKeyId(), use: 'sig', alg: 'RS256' }] }
}

function newIdentityKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: newKeyId(), use: 'sig', alg: 'ES256' }
}

function newKeyId(): string {
  return randomBytes(8).toString('hex')
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}
