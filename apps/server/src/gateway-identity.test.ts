import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Instance } from '@wave-store/contract'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { CookieJar, eventually, InstanceVisitor } from '@wave-store/testing'
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mirror, seen, valuesOf } from './gateway/testing/mirror-app.ts'
import { demoBundle } from './testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from './testing/test-store.ts'

let app: Server
let runtime: InMemoryRuntime
let store: TestStore
let dana: TestPerson
let instance: Instance
beforeAll(async () => {
  app = mirror().listen(0, '127.0.0.1')
  await once(app, 'listening')
  const { port } = app.address() as AddressInfo
  runtime = new InMemoryRuntime({ address: () => ({ host: '127.0.0.1', port }) })
  store = await startTestStore({ runtime, environment: { WAVE_STORE_PUBLIC_MODE: 'true' } })
  dana = await store.as('dana')
  const { id: appId } = await dana.importBundle(await demoBundle())
  const { id } = await dana.client.launchInstance({ body: { appId } })
  instance = await dana.deployed(id)
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  app.closeAllConnections()
  app.close()
})

const expected = () => ({ issuer: store.origin, audience: new URL(instance.url).origin, algorithms: ['ES256'] })

test('an app is told who asks by a token that the published keys check', async () => {
  const visitor = new InstanceVisitor(instance.url, dana.cookies)
  const { body } = await visitor.open('/')
  const [token] = valuesOf(body, 'wave-identity')
  const keys = createRemoteJWKSet(new URL(`${store.origin}/oidc/jwks`))
  const { payload } = await jwtVerify(token!, keys, expected())
  const { user } = await dana.client.getSession()
  expect(payload).toMatchObject({ sub: user!.id, name: 'Dana Developer', email: 'dana@example.com' })
  expect(valuesOf(body, 'wave-user-id')).toEqual([user!.id])

  const again = valuesOf((await visitor.get('/again')).body, 'wave-identity')
  expect(again).toEqual([token])
})

test('an app finds the keys and what to expect of a token in its environment', async () => {
  const { env } = runtime.specOf(instance.id)!
  const { keys } = JSON.parse(env.H2O_CLOUD_IDENTITY_JWKS!)
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  const visitor = new InstanceVisitor(instance.url, dana.cookies)
  const [token] = valuesOf((await visitor.open('/')).body, 'wave-identity')
  await jwtVerify(token!, createLocalJWKSet({ keys }), {
    issuer: env.H2O_CLOUD_ENVIRONMENT!,
    audience: env.H2O_CLOUD_INSTANCE_URL!,
  })
})

test("the store's own tokens are signed with another key than what apps are told", async () => {
  const published = (await (await fetch(`${store.origin}/oidc/jwks`)).json()) as { keys: Record<string, string>[] }
  expect(published.keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256'])
  for (const key of published.keys) expect(key).not.toHaveProperty('d')
  const [token] = valuesOf((await new InstanceVisitor(instance.url, dana.cookies).open('/')).body, 'wave-identity')
  expect(decodeProtectedHeader(token!).kid).toBe(published.keys[1]!.kid)
})

test('copies from outside never reach the app, however they are spelt', async () => {
  const visitor = new InstanceVisitor(instance.url, dana.cookies)
  await visitor.open('/')
  const forged = {
    'wave-identity': 'forged',
    WAVE_IDENTITY: 'forged',
    wave_Identity: 'forged',
    'Wave-User_Id': 'forged',
  }
  const { body } = await visitor.get('/', forged)
  expect(body).not.toContain('forged')
  expect(valuesOf(body, 'wave-identity')).toHaveLength(1)
})

test('an app that is open to all is told nothing of somebody who did not sign in', async () => {
  await store.store.context.instances.setVisibility(instance.id, 'PUBLIC')
  const anybody = new InstanceVisitor(instance.url, new CookieJar())
  await eventually(async () => {
    const { status, body } = await anybody.get('/', { 'wave-identity': 'forged' })
    expect(status).toBe(200)
    const names = seen(body).headers.map(([name]) => name)
    expect(names.filter((name) => name.startsWith('wave-'))).toEqual(['wave-instance-id'])
  })
})
