import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { JWK } from 'oidc-provider'

/** What the embedded identity provider signs and seals with. */
export interface ProviderKeys {
  jwks: { keys: JWK[] }
  cookieKeys: string[]
  storeClientSecret: string
}

/** Reads the keys, or makes them at the first start. They stand beside the database, not in it and not in its backup. */
export async function loadProviderKeys(path: string): Promise<ProviderKeys> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null
    throw cause
  })
  if (text !== null) return JSON.parse(text) as ProviderKeys
  const keys = makeKeys()
  await writeFile(`${path}.new`, JSON.stringify(keys), { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
  return keys
}

function makeKeys(): ProviderKeys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = privateKey.export({ format: 'jwk' }) as JWK
  const kid = randomBytes(8).toString('hex')
  return {
    jwks: { keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] },
    cookieKeys: [randomBytes(32).toString('base64url')],
    storeClientSecret: randomBytes(32).toString('base64url'),
  }
}
