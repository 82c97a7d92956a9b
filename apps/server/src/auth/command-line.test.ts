import { createClient } from '@wave-store/client'
import { CookieJar, follow, signIn } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, enterCode } from '../testing/command-line.ts'
import { startTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
let cli: CommandLine
beforeAll(async () => {
  store = await startTestStore()
  cli = await CommandLine.of(store.origin)
})
afterAll(() => store[Symbol.asyncDispose]())

const api = (token: string) => createClient({ baseUrl: store.origin, headers: { authorization: `Bearer ${token}` } })
const nameOf = async (token: string) => (await api(token).getSession()).user?.name

describe('a command line with a browser', () => {
  it('is let in by the person whom the store knows, and acts for them', async () => {
    const { access_token, refresh_token } = await cli.signIn(await signIn(store.origin, 'dana'), 'allow')
    expect(await nameOf(access_token)).toBe('Dana Developer')
    expect(refresh_token).toBeTruthy()
  })

  it('gets nothing when the person refuses', async () => {
    await expect(cli.signIn(await signIn(store.origin, 'dana'), 'refuse')).rejects.toMatchObject({
      error: 'access_denied',
    })
  })

  it('is for who is signed in to the store now, whoever was there before', async () => {
    const jar = await signIn(store.origin, 'dana')
    await cli.signIn(jar, 'allow')
    jar.take((await signIn(store.origin, 'uri')).pairs())
    const { access_token } = await cli.signIn(jar, 'allow')
    expect(await nameOf(access_token)).toBe('Uri User')
  })

  it('leads somebody who is not signed in through sign-in first', async () => {
    const jar = new CookieJar()
    const page = await follow(jar, `${store.origin}/oidc/auth?${new URLSearchParams(authorization)}`)
    expect(page.body).toContain('Dana Developer')
  })
})

const authorization = {
  client_id: 'h2o',
  response_type: 'code',
  redirect_uri: 'http://127.0.0.1:1/callback',
  scope: 'openid',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}

describe('an authorization request', () => {
  it.each([
    ['another redirect address', { redirect_uri: 'https://evil.example/callback' }],
    [
      'a redirect address that only begins like a loopback one',
      { redirect_uri: 'http://127.0.0.1.evil.example/callback' },
    ],
    ['an unknown client', { client_id: 'mallory' }],
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }],
    ['PKCE in the clear', { code_challenge_method: 'plain' }],
    [
      'a redirect address with somebody else’s host behind an at sign',
      { redirect_uri: 'http://127.0.0.1:1@evil.example/callback' },
    ],
    ['a redirect address with a name in it', { redirect_uri: 'http://x@127.0.0.1:1/callback' }],
    ['a redirect address with a fragment', { redirect_uri: 'http://127.0.0.1:1/callback#x' }],
    ['a redirect address with another path', { redirect_uri: 'http://127.0.0.1:1/callback/../x' }],
    ['a redirect address with a query', { redirect_uri: 'http://127.0.0.1:1/callback?x=1' }],
    ['a redirect address over TLS', { redirect_uri: 'https://127.0.0.1:1/callback' }],
    ['a redirect address that is loopback by another name', { redirect_uri: 'http://127.0.0.2:1/callback' }],
    ['a token at once', { response_type: 'token' }],
    ['a code and a token', { response_type: 'code id_token', nonce: 'x' }],
    ['an answer to any page that listens', { response_mode: 'web_message' }],
    ['no questions', { prompt: 'none' }],
    ['no questions, and offline access', { prompt: 'none', scope: 'openid offline_access api' }],
    ['the store’s own client', { client_id: 'wave-store' }],
    ['a resource that is not the API', { resource: 'https://evil.example/' }],
  ])('with %s is refused and sends nobody elsewhere', async (_what, change) => {
    const query = new URLSearchParams(
      Object.entries({ ...authorization, ...change }).filter(([, value]) => value !== ''),
    )
    const page = await follow(await signIn(store.origin, 'dana'), `${store.origin}/oidc/auth?${query}`)
    expect(page.url.startsWith(store.origin) || /^http:\/\/127\.0\.0\.1:1\/callback[?#]error=/.test(page.url)).toBe(
      true,
    )
    expect(page.url).not.toMatch(/[?&#](code|id_token|access_token)=/)
  })
})

describe('a command line without a browser', () => {
  it('is let in once the person confirms its code, and not before', async () => {
    const device = await cli.beginDevice()
    await expect(cli.redeemDevice(device)).rejects.toMatchObject({ error: 'authorization_pending' })
    const page = await enterCode(await signIn(store.origin, 'uri'), device, 'confirm')
    expect(page.body).toContain('The command line is signed in')
    expect(await nameOf((await cli.redeemDevice(device)).access_token)).toBe('Uri User')
    await expect(cli.redeemDevice(device)).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('is told when the person refuses', async () => {
    const device = await cli.beginDevice()
    const page = await enterCode(await signIn(store.origin, 'uri'), device, 'abort')
    expect(page.body).toContain('was not let in')
    await expect(cli.redeemDevice(device)).rejects.toMatchObject({ error: 'access_denied' })
  })

  it('shows a person who mistypes the code what is wrong', async () => {
    const device = { ...(await cli.beginDevice()), user_code: 'BCDF-GHJK' }
    const page = await enterCode(await signIn(store.origin, 'uri'), device, 'confirm')
    expect(page.status).toBe(400)
    expect(page.body).toContain('There is no such code')
  })

  it('signs nobody in who is not signed in to the store', async () => {
    const jar = new CookieJar()
    const device = await cli.beginDevice()
    const page = await enterCode(jar, device, 'confirm')
    expect(page.body).toContain('Dana Developer')
    await expect(cli.redeemDevice(device)).rejects.toMatchObject({ error: 'authorization_pending' })
  })
})

describe('what a command line holds', () => {
  it('is refreshed, and a refresh token that is used again much later ends all of it', async () => {
    const now = { ms: Date.now() }
    await using other = await startTestStore({ clock: { now: () => now.ms } })
    const program = await CommandLine.of(other.origin)
    const first = await program.signIn(await signIn(other.origin, 'dana'), 'allow')
    const second = await program.refresh(first.refresh_token!)
    const twin = await program.refresh(first.refresh_token!)
    expect(twin.access_token).not.toBe(second.access_token)
    now.ms += 60_000
    await expect(program.refresh(first.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
    await expect(program.refresh(second.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('is not kept good by using it again and again', async () => {
    const now = { ms: Date.now() }
    await using other = await startTestStore({ clock: { now: () => now.ms } })
    const program = await CommandLine.of(other.origin)
    const { refresh_token } = await program.signIn(await signIn(other.origin, 'dana'), 'allow')
    await program.refresh(refresh_token!)
    now.ms += 20_000
    await program.refresh(refresh_token!)
    now.ms += 20_000
    await expect(program.refresh(refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('is listed, and ends by itself without the browsers', async () => {
    const person = await store.as('dana')
    const { access_token, refresh_token } = await cli.signIn(person.cookies, 'allow')
    const listed = (await person.client.listSessions()).items
    expect(listed.filter((one) => one.isCurrent)).toHaveLength(1)
    const mine = listed.find((one) => one.kind === 'command_line')!
    await person.client.endSession({ params: { sessionId: mine.id } })
    await expect(api(access_token).listApps({})).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(cli.refresh(refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
    expect((await person.client.getSession()).user).not.toBeNull()
  })

  it('outlives the browser’s sign-out, and ends with signing out everywhere', async () => {
    const [here, there] = [await store.as('uri'), await store.as('uri')]
    const { access_token } = await cli.signIn(here.cookies, 'allow')
    await here.client.signOut()
    expect(await nameOf(access_token)).toBe('Uri User')
    await there.client.endAllSessions()
    await expect(api(access_token).listApps({})).rejects.toMatchObject({ code: 'unauthenticated' })
    expect((await there.client.getSession()).user).toBeNull()
  })

  it('ends when the command line revokes it', async () => {
    const { refresh_token } = await cli.signIn(await signIn(store.origin, 'dana'), 'allow')
    await cli.revoke(refresh_token!)
    await expect(cli.refresh(refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
  })
})
