import { createClient } from '@wave-store/client'
import type { TokenScope } from '@wave-store/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

const clock = { ms: Date.now() }
let store: TestStore
beforeAll(async () => {
  store = await startTestStore({ clock: { now: () => clock.ms } })
})
afterAll(() => store[Symbol.asyncDispose]())

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const api = (token: string) => createClient({ baseUrl: store.origin, headers: bearer(token) })

async function tokenOf(person: TestPerson, scopes: TokenScope[], expiresInDays = 30) {
  return person.client.createToken({ body: { name: 'CI', scopes, expiresInDays } })
}

describe('an API token', () => {
  it('acts for who made it, and its secret is shown once', async () => {
    const dana = await store.as('dana')
    const { secret, token } = await tokenOf(dana, ['read'])
    expect((await api(secret).getSession()).user?.name).toBe('Dana Developer')
    expect(JSON.stringify(await dana.client.listTokens())).not.toContain(secret)
    expect(token.lastUsedAt).toBeNull()
  })

  it('tells when and from where it was last used', async () => {
    const uri = await store.as('uri')
    const { secret } = await tokenOf(uri, ['read'])
    await api(secret).listApps({})
    const [listed] = (await uri.client.listTokens()).items
    expect(listed).toMatchObject({ lastUsedAt: new Date(clock.ms).toISOString() })
    expect(listed?.lastUsedFrom).toMatch(/^(127\.0\.0\.1|::1)$/)
  })

  it('may do what it was made for and nothing else', async () => {
    const dana = await store.as('dana')
    const app = await dana.importBundle(await demoBundle({ name: 'token.app' }))
    const update = { params: { appId: app.id }, body: { visibility: 'ALL_USERS' as const } }
    const read = await tokenOf(dana, ['read'])
    await expect(api(read.secret).updateApp(update)).rejects.toMatchObject({ code: 'forbidden' })
    const apps = await tokenOf(dana, ['apps'])
    await expect(api(apps.secret).updateApp(update)).resolves.toMatchObject({ visibility: 'ALL_USERS' })
    await expect(api(apps.secret).launchInstance({ body: { appId: app.id } })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const instances = await tokenOf(dana, ['instances'])
    const launched = await api(instances.secret).launchInstance({ body: { appId: app.id } })
    await api(instances.secret).terminateInstance({ params: { instanceId: launched.id } })
  })

  it('makes no further token, and lists and ends no session', async () => {
    const { secret } = await tokenOf(await store.as('admin'), ['read', 'apps', 'instances', 'admin'])
    const client = api(secret)
    await expect(client.listTokens()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(client.createToken({ body: { name: 'x', scopes: ['admin'] } })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(client.endAllSessions()).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('administers only where it was made for that, by an administrator', async () => {
    await expect(tokenOf(await store.as('dana'), ['admin'])).rejects.toMatchObject({ code: 'forbidden' })
    const admin = await store.as('admin')
    const [plain, full] = [await tokenOf(admin, ['read', 'apps']), await tokenOf(admin, ['admin'])]
    await expect(api(plain.secret).listAccounts()).rejects.toMatchObject({ code: 'forbidden' })
    expect((await api(plain.secret).getSession()).user).toMatchObject({ isAdmin: false })
    await expect(api(full.secret).listAccounts()).resolves.toMatchObject({ items: [] })
  })

  it('ends when it is revoked, and by nobody else', async () => {
    const dana = await store.as('dana')
    const { secret, token } = await tokenOf(dana, ['read'])
    const params = { params: { tokenId: token.id } }
    await expect((await store.as('uri')).client.revokeToken(params)).rejects.toMatchObject({ code: 'not_found' })
    await dana.client.revokeToken(params)
    await expect(api(secret).listApps({})).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('stays when its person signs out everywhere', async () => {
    const uri = await store.as('uri')
    const { secret } = await tokenOf(uri, ['read'])
    await uri.client.endAllSessions()
    await expect(api(secret).listApps({})).resolves.toBeDefined()
  })

  it('expires', async () => {
    const dana = await store.as('dana')
    const { secret, token } = await tokenOf(dana, ['read'], 1)
    clock.ms += 24 * 60 * 60 * 1000 - 1
    await expect(api(secret).listApps({})).resolves.toBeDefined()
    clock.ms += 1
    await expect(api(secret).listApps({})).rejects.toMatchObject({ code: 'unauthenticated' })
    const later = await store.as('dana')
    const listed = (await later.client.listTokens()).items.find((one) => one.id === token.id)
    expect(listed).toMatchObject({ isExpired: true })
  })

  it('is one of at most fifty', async () => {
    await using other = await startTestStore()
    const vera = await other.as('uri')
    for (let made = 0; made < 50; made++) await tokenOf(vera, ['read'])
    await expect(tokenOf(vera, ['read'])).rejects.toMatchObject({ code: 'quota_exceeded' })
  })
})

describe('a token that is none of ours', () => {
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const forged = `${base64({ alg: 'none' })}.${base64({ iss: 'https://evil.example', aud: 'x', sub: 'admin' })}.`
  it.each([
    ['a forged one', 'Bearer wave_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['a JWT of another issuer', `Bearer ${forged}`],
    ['nothing', 'Bearer '],
    ['a password', 'Basic ZGFuYTpkYW5h'],
    ['a very long one', `Bearer ${'a'.repeat(8000)}`],
    ['odd characters', 'Bearer ../../etc/passwd%00'],
  ])('is refused: %s', async (_what, authorization) => {
    const response = await fetch(`${store.origin}/api/session`, { headers: { authorization } })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(await response.json()).toMatchObject({ code: 'unauthenticated' })
  })

  it('is refused although a good session comes with it', async () => {
    const dana = await store.as('dana')
    const response = await dana.fetch('/api/apps', { headers: { ...bearer('wave_nonsense') } as never })
    expect(response.status).toBe(401)
  })
})
