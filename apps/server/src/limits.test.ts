import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from './testing/demo-bundle.ts'
import { startTestStore, type TestStore } from './testing/test-store.ts'

let store: TestStore
beforeAll(async () => {
  const environment = {
    WAVE_STORE_TRUSTED_PROXY_HOPS: '1',
    WAVE_STORE_IMPORTS_PER_HOUR: '1',
    WAVE_STORE_LAUNCHES_PER_MINUTE: '1',
  }
  store = await startTestStore({ environment })
})
afterAll(() => store[Symbol.asyncDispose]())

const from = (address: string) => ({ 'x-forwarded-for': address })

describe('one person', () => {
  it('imports and launches as often as they may, from wherever they come', async () => {
    const { username, oneTimePassword: password } = store.store.firstAdmin!
    const admin = await store.as({ username, password, newPassword: 'correct horse battery' })
    const body = (await demoBundle({ name: 'limited' })) as Uint8Array<ArrayBuffer>
    const send = (address: string) =>
      admin.fetch('/api/apps', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/zip', ...from(address) },
      })
    const { id: appId } = (await (await send('203.0.113.1')).json()) as { id: string }
    expect((await send('203.0.113.2')).status).toBe(429)
    const launch = (address: string) =>
      admin.fetch('/api/instances', {
        method: 'POST',
        body: JSON.stringify({ appId }),
        headers: { 'content-type': 'application/json', ...from(address) },
      })
    expect((await launch('203.0.113.1')).status).toBe(202)
    const refused = await launch('203.0.113.2')
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
  })
})

describe('one address', () => {
  it('begins so many sign-ins, while others go on', async () => {
    const begin = (address: string) =>
      fetch(`${store.origin}/auth/sign-in`, { redirect: 'manual', headers: from(`198.51.100.9, ${address}`) })
    const answers = await Promise.all(Array.from({ length: 301 }, () => begin('203.0.113.7')))
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(1)
    const refused = await begin('203.0.113.7')
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect((await begin('203.0.113.8')).status).toBe(302)
  })

  it('is one wherever it is in a network of IPv6', async () => {
    const begin = (host: number) =>
      fetch(`${store.origin}/auth/sign-in`, { redirect: 'manual', headers: from(`2001:db8::${host.toString(16)}`) })
    const answers = await Promise.all(Array.from({ length: 301 }, (_, host) => begin(host)))
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(1)
  })

  it('begins so much at the provider, which keeps each for an hour', async () => {
    const query = 'client_id=h2o&response_type=code&redirect_uri=http://127.0.0.1/callback'
    const pkce = 'code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    const begin = (address: string) =>
      fetch(`${store.origin}/oidc/auth?${query}&${pkce}&scope=openid`, { redirect: 'manual', headers: from(address) })
    const { authorizations } = store.store.context.limits
    for (let step = 0; step < 1499; step++) await authorizations.take('203.0.113.9')
    expect([(await begin('203.0.113.9')).status, (await begin('203.0.113.9')).status]).toEqual([303, 429])
    expect(
      (await fetch(`${store.origin}/oidc/device/auth`, { method: 'POST', headers: from('203.0.113.9') })).status,
    ).toBe(429)
    expect((await begin('203.0.113.10')).status).toBe(303)
  })

  it('does so much for all the people there, and a person past it is not counted', async () => {
    const { launches } = store.store.context.limits
    const at = (personId: string) => launches.take({ personId, address: '203.0.113.50' })
    for (let person = 0; person < 10; person++) await at(`person-${person}`)
    await expect(at('person-11')).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: expect.any(Number) })
    await launches.take({ personId: 'person-11', address: '203.0.113.51' })
  })
})
