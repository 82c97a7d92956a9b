import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
beforeAll(async () => {
  store = await startTestStore()
})
afterAll(() => store[Symbol.asyncDispose]())

const doorOf = ({ dataDir }: TestStore) => join(dataDir, 'runtime', 'door', 'store.sock')

async function knock(path: string, options: { method?: string; body?: string; host?: string } = {}) {
  const host = options.host ?? new URL(store.origin).host
  const headers = { host, origin: store.origin, 'content-type': 'application/x-www-form-urlencoded' }
  const outgoing = request({ socketPath: doorOf(store), path, method: options.method ?? 'GET', headers, agent: false })
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
  for (const key of keys) expect(key).not.toHaveProperty('d')
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

it.each(['no request at all', `GET /${'x'.repeat(100_000)} HTTP/1.1`])(
  'survives what is no request: %.20s',
  async (line) => {
    const socket = connect(doorOf(store))
    socket.end(`${line}\r\n\r\n`)
    expect(await text(socket)).toMatch(/^HTTP\/1.1 4\d\d /)
    expect((await knock('/oidc/jwks')).status).toBe(200)
  },
)

it('holds no more connections than it has to', async () => {
  const open = Array.from({ length: 300 }, () => connect(doorOf(store)))
  const closed = open.map((socket) => once(socket.resume(), 'close'))
  await Promise.all(closed.slice(256))
  for (const socket of open) socket.destroy()
  await Promise.all(closed)
  expect((await knock('/oidc/jwks')).status).toBe(200)
})

it('is not there where the public address can be reached by apps', async () => {
  await using elsewhere = await startTestStore({
    environment: { WAVE_STORE_PUBLIC_URL: 'https://store.example', WAVE_STORE_APPS_HOST: 'apps.example' },
  })
  expect(existsSync(join(elsewhere.dataDir, 'runtime', 'door'))).toBe(false)
})
