import { CookieJar, follow, signIn, submit } from '@wave-store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../testing/test-store.ts'

/*
 * Where apps have names below the store's domain, a script in one of them sets cookies that browsers send to the store:
 * all but those whose name begins with `__Host-`.
 */
let store: TestStore
beforeAll(async () => {
  store = await startTestStore()
})
afterAll(() => store[Symbol.asyncDispose]())

function plant(victim: CookieJar, attacker: CookieJar): void {
  victim.take(attacker.pairs().filter((pair) => !pair.startsWith('__Host-')))
}

it('lets nobody sign in at a page that another browser opened', async () => {
  const [victim, attacker] = [new CookieJar(), new CookieJar()]
  const page = await follow(attacker, `${store.origin}/auth/sign-in`)
  plant(victim, attacker)
  expect((await follow(victim, page.url)).status).toBe(400)
  expect((await submit(victim, page.url, { account: 'dana' })).status).toBe(400)
  await follow(attacker, page.url.replace('/auth/interaction/', '/oidc/auth/'))
  expect(String(attacker)).not.toContain('wave-session')
})

it('tells no other browser who is signed in', async () => {
  const [victim, attacker] = [await signIn(store.origin, 'dana'), new CookieJar()]
  const query = new URLSearchParams({
    client_id: 'h2o',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:1/callback',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  const asked = await fetch(`${store.origin}/oidc/auth?${query}`, { redirect: 'manual' })
  attacker.take(asked.headers.getSetCookie())
  plant(victim, attacker)
  const page = await follow(victim, new URL(asked.headers.get('location')!, store.origin).href)
  expect([page.status, new URL(page.url).pathname]).toEqual([400, expect.stringMatching(/^\/auth\/interaction\//)])
})

it('leaves no cookie of a sign-in that is done', async () => {
  const jar = await signIn(store.origin, 'dana')
  expect(jar.pairs().map((pair) => pair.split('=')[0])).not.toContainEqual(
    expect.stringContaining('__Host-wave-interaction'),
  )
})
