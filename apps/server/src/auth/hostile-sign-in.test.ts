import { createClient } from '@wave-store/client'
import { CookieJar, follow, signIn, submit } from '@wave-store/testing'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../testing/test-store.ts'
import { cliClientId } from './clients.ts'

/** Everything that the store logs meanwhile. */
const log: string[] = []
const password = 'correct horse battery'
let store: TestStore
const startHostileStore = () => {
  const logger = pino({ level: 'trace' }, { write: (line) => void log.push(line) })
  return startTestStore({ environment: { WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'false' }, logger })
}
beforeAll(async () => {
  store = await startHostileStore()
  const { username, oneTimePassword } = store.store.firstAdmin!
  await store.as({ username, password: oneTimePassword, newPassword: password })
})
afterAll(() => store[Symbol.asyncDispose]())

describe('an access token', () => {
  const provider = () => store.store.context.provider
  async function tokenFor(change: { aud?: string; expiresIn?: number }): Promise<string> {
    const context = store.store.context
    const person = await context.people.recognise({
      issuer: 'urn:test',
      subject: 'somebody',
      name: 'Somebody',
      email: '',
      roles: [],
    })
    const client = (await provider().Client.find(cliClientId))!
    const grantId = await new (provider().Grant)({ accountId: person.id, clientId: cliClientId }).save()
    const token = new (provider().AccessToken)({ accountId: person.id, client, grantId, scope: 'api' } as never)
    Object.assign(token, { aud: change.aud ?? `${store.origin}/api`, expiresIn: change.expiresIn ?? 600 })
    return token.save()
  }
  const codeFor = async (token: string) =>
    createClient({ baseUrl: store.origin, headers: { authorization: `Bearer ${token}` } })
      .listApps({})
      .then(
        () => 'good',
        (error: { code: string }) => error.code,
      )

  it('is good for the API alone, and until it expires', async () => {
    expect(await codeFor(await tokenFor({}))).toBe('good')
    expect(await codeFor(await tokenFor({ aud: 'https://another.example/api' }))).toBe('unauthenticated')
    expect(await codeFor(await tokenFor({ aud: 'h2o' }))).toBe('unauthenticated')
    expect(await codeFor(await tokenFor({ expiresIn: -1 }))).toBe('unauthenticated')
  })
})

describe('sign-in', () => {
  const oddities = [
    '/auth/sign-in?return_to=%0d%0aSet-Cookie:%20x=y',
    '/auth/sign-in?return_to=https://evil.example/',
    '/auth/sign-in?return_to=/%5c%5cevil.example',
    '/auth/sign-in?return_to=/%2e%2e//evil.example',
    `/auth/sign-in?return_to=/${'a'.repeat(20_000)}`,
    '/auth/callback',
    '/auth/callback?code=&state=',
    '/auth/callback?code=a&code=b&state=c&state=d',
    '/auth/callback?error=access_denied&error_description=<script>alert(1)</script>&state=x',
    '/auth/interaction/%00',
    '/auth/interaction/../../etc/passwd',
    '/auth/instance',
    '/auth/instance?instance=x&nonce=y&return_to=//evil.example',
    '/auth/instance?instance[]=x&nonce=y',
    '/oidc/auth',
    '/oidc/auth?client_id=h2o&client_id=wave-store',
    '/oidc/auth?client_id=h2o&request=eyJhbGciOiJub25lIn0.e30.',
    '/oidc/device?user_code=<script>',
    '/oidc/session/end?post_logout_redirect_uri=https://evil.example/',
    '/oidc/.well-known/../..//',
    '/.well-known/wave-app-store/',
  ]
  it.each(oddities)('answers %s without leading anywhere else and without a failure of its own', async (path) => {
    const response = await fetch(store.origin + path, { redirect: 'manual' })
    const body = await response.text()
    expect(response.status).toBeLessThan(500)
    expect(body).not.toContain('<script>alert')
    const location = response.headers.get('location')
    if (location) expect(new URL(location, store.origin).origin).toBe(store.origin)
    expect(response.headers.get('set-cookie') ?? '').not.toContain('x=y')
  })

  it('takes each answer of the provider once', async () => {
    const jar = new CookieJar()
    const page = await follow(jar, `${store.origin}/auth/sign-in?return_to=/my-apps`)
    const send = (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie: String(jar) } })
    const body = new URLSearchParams({ username: 'admin', password })
    const submitted = await send(page.url, { method: 'POST', body, headers: { origin: store.origin } })
    const resumed = await send(new URL(submitted.headers.get('location')!, store.origin).href)
    const callback = resumed.headers.get('location')!
    expect(callback).toContain('/auth/callback?code=')
    const first = await send(callback)
    expect(first.headers.get('location')).toBe('/my-apps')
    const second = await send(callback)
    expect(second.status).toBe(400)
    expect(second.headers.getSetCookie().join()).not.toContain('wave-session=')
  })

  it('takes no form of another site, which would sign a person in as somebody else', async () => {
    const jar = new CookieJar()
    const page = await follow(jar, `${store.origin}/auth/sign-in`)
    const response = await fetch(page.url, {
      method: 'POST',
      body: new URLSearchParams({ username: 'admin', password }),
      headers: { origin: 'https://evil.example', cookie: String(jar) },
    })
    expect(response.status).toBe(403)
    expect((await submit(jar, page.url, { username: 'admin', password })).status).toBe(200)
  })
})

describe('the log', () => {
  it('says nothing that would let its reader in', async () => {
    const jar = await signIn(store.origin, { username: 'admin', password })
    const client = createClient({ baseUrl: store.origin, headers: { cookie: String(jar) } })
    const { secret } = await client.createToken({ body: { name: 'log', scopes: ['read'] } })
    await fetch(`${store.origin}/api/session`, { headers: { authorization: `Bearer ${secret}` } })
    const secrets = [password, secret, ...jar.pairs().map((pair) => pair.split('=')[1]!)]
    for (const value of secrets) expect(log.join('')).not.toContain(value)
  })
})

describe('ten thousand sign-ins with a wrong password', () => {
  it('are slowed down, answered with when to come back, and leave the store usable', async () => {
    await using store = await startHostileStore()
    const jar = new CookieJar()
    const page = await follow(jar, `${store.origin}/auth/sign-in`)
    const statuses = new Map<number, number>()
    let retryAfter: string | null = null
    const attempt = async (number: number) => {
      const response = await fetch(page.url, {
        method: 'POST',
        body: new URLSearchParams({ username: `guess${number % 50}`, password: `wrong ${number}` }),
        headers: { origin: store.origin, cookie: String(jar) },
        redirect: 'manual',
      })
      await response.arrayBuffer()
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
      retryAfter ??= response.headers.get('retry-after')
    }
    for (let begun = 0; begun < 10_000; begun += 100)
      await Promise.all(Array.from({ length: 100 }, (_, index) => attempt(begun + index)))
    expect([...statuses.keys()].sort()).toEqual([401, 429])
    expect(statuses.get(401)).toBeLessThanOrEqual(100)
    expect(Number(retryAfter)).toBeGreaterThan(0)
    expect((await store.anonymous.getSession()).user).toBeNull()
    expect(log.join('')).not.toMatch(/"level":50|wrong \d/)
  })
})
