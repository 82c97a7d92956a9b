import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
beforeAll(async () => {
  store = await startTestStore()
})
afterAll(() => store[Symbol.asyncDispose]())

async function knock(path: string, options: { method?: string; body?: string; host?: string } = {}) {
  const host = options.host ?? new URL(store.origin).host
  const socketPath = join(store.dataDir, 'runtime', 'door', 'store.sock')
  const headers = { host, origin: store.origin, 'content-type': 'application/x-www-form-urlencoded' }
  const outgoing = request({ socketPath, path, method: options.method ?? 'GET', headers, agent: false })
  outgoing.end(options.body)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  return { status: response.statusCode, body: await text(response) }
}

it('shows apps what a client of the provider needs', async () => {
  const found = JSON.parse((await knock('/oidc/.well-known/openid-configuration')).body)
  expect(found).toMatchObject({
    issuer: `${store.origin}/oidc`,
    end_session_endpoint: `${store.origin}/auth/end-session`,
  })
  const { keys } = JSON.parse((await knock('/oidc/jwks')).body) as { keys: { alg: string }[] }
  expect(keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256'])
  expect((await knock('/oidc/token', { method: 'POST', body: 'grant_type=authorization_code' })).status).toBe(400)
})

it.each([
  '/',
  '/api/session',
  '/auth/sign-in',
  '/auth/interaction/x',
  '/oidc/auth?client_id=h2o',
  '/oidc/device',
  '/oidc/token/../../auth/sign-in',
  '/oidc/token/%2e%2e/auth',
  '/OIDC/TOKEN',
  '//oidc/jwks',
  'http://localhost/oidc/jwks',
])('keeps %s from them, and so development accounts', async (path) => {
  expect((await knock(path)).status).toBe(404)
  expect((await knock(path, { method: 'POST', body: 'account=admin' })).status).toBe(404)
})

it('is not a way to other instances', async () => {
  expect((await knock('/oidc/jwks', { host: `x.${new URL(store.origin).host}` })).status).toBe(404)
})

it('is not there where the public address can be reached by apps', async () => {
  await using elsewhere = await startTestStore({
    environment: { WAVE_STORE_PUBLIC_URL: 'https://store.example', WAVE_STORE_APPS_HOST: 'apps.example' },
  })
  expect(existsSync(join(elsewhere.dataDir, 'runtime', 'door'))).toBe(false)
})
