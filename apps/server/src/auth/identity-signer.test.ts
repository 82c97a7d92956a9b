import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { IdentitySigner } from './identity-signer.ts'
import { loadProviderKeys } from './provider-keys.ts'

const ada = { audience: 'http://one.localhost:8080', id: 'u-1', name: 'Ada Lovelace', email: 'ada@example.com' }

function open() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = { ...(privateKey.export({ format: 'jwk' }) as { kty: string }), kid: 'k1', use: 'sig', alg: 'ES256' }
  const clock = { ms: Date.now() }
  const signer = new IdentitySigner({ key, issuer: 'http://localhost:8080', clock: { now: () => clock.ms } })
  return { signer, clock }
}

test('a token is signed once and given out again while it has a minute left', async () => {
  const { signer, clock } = open()
  const first = await signer.sign(ada)
  clock.ms += 239_000
  expect(await signer.sign(ada)).toBe(first)
  clock.ms += 1_000
  const second = await signer.sign(ada)
  expect(second).not.toBe(first)
  clock.ms -= 3_600_000
  expect(await signer.sign(ada)).not.toBe(second)
})

test('a token is for one person at one instance, by the name of this moment', async () => {
  const { signer } = open()
  const others = [{ audience: 'http://two.localhost:8080' }, { id: 'u-2' }, { name: 'Ada King' }, { email: 'a@b.c' }]
  const tokens = await Promise.all([{}, ...others].map((change) => signer.sign({ ...ada, ...change })))
  expect(new Set(tokens).size).toBe(5)
})

test('the public keys check what was signed, and hold nothing private', async () => {
  const { signer } = open()
  expect(JSON.stringify(signer.publicKeys)).not.toMatch(/"d"/)
  const keys = createLocalJWKSet(signer.publicKeys as JSONWebKeySet)
  const { payload, protectedHeader } = await jwtVerify(await signer.sign(ada), keys, {
    issuer: 'http://localhost:8080',
    audience: ada.audience,
    algorithms: ['ES256'],
  })
  expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'k1', typ: 'JWT' })
  expect(payload).toMatchObject({ sub: 'u-1', name: 'Ada Lovelace', email: 'ada@example.com' })
  expect(payload.exp! - payload.iat!).toBe(300)
  await expect(jwtVerify(await signer.sign(ada), keys, { audience: 'http://two.localhost:8080' })).rejects.toThrow(
    'aud',
  )
})

test('keys of an earlier version get an identity key beside them, once, and stay as they are', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'wave-keys-'))
  const path = join(directory, 'keys.json')
  const { identityKey: _, ...earlier } = await loadProviderKeys(path)
  await writeFile(path, JSON.stringify(earlier))
  const completed = await loadProviderKeys(path)
  expect(completed).toMatchObject(earlier)
  expect(completed.identityKey).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' })
  expect(await loadProviderKeys(path)).toEqual(completed)
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(completed)
  await rm(directory, { recursive: true })
})
