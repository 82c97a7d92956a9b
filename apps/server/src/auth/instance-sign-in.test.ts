import { randomUUID } from 'node:crypto'
import type { InstanceSpec } from '@wave-store/runtime'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { CookieJar, eventually, follow } from '@wave-store/testing'
import * as openid from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { InstanceSignIn } from '../testing/instance-sign-in.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

const specs = new Map<string, InstanceSpec>()
let store: TestStore
let dana: TestPerson
let uri: TestPerson
beforeAll(async () => {
  const behaviour = (spec: InstanceSpec) => {
    specs.set(spec.id, spec)
    return {}
  }
  store = await startTestStore({
    runtime: new InMemoryRuntime({ behaviour }),
    environment: { WAVE_STORE_INSTANCES_PER_USER: '50' },
  })
  ;[dana, uri] = await Promise.all([store.as('dana'), store.as('uri')])
})
afterAll(() => store[Symbol.asyncDispose]())

/** What an instance of Uri's was started with. */
async function launched(name: string, runtime = 'Module = "app"\nEnableOIDC = true'): Promise<InstanceSpec> {
  const { id: appId } = await dana.importBundle(await demoBundle({ name, app: 'Title = "Who am I"', runtime }))
  await dana.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
  const { id } = await uri.client.launchInstance({ body: { appId } })
  return eventually(() => {
    const spec = specs.get(id)
    expect(spec).toBeDefined()
    return spec!
  })
}

describe('an app with EnableOIDC', () => {
  it('is told its client by environment alone, and learns who is there once the person allows it', async () => {
    const spec = await launched('allowed')
    expect(spec).toMatchObject({ reachesStore: true, entry: { mode: 'wave' } })
    const app = await InstanceSignIn.of(spec)
    const { body } = await app.open(uri.cookies)
    expect(body).toContain('Who am I wants to know who you are')
    for (const fact of ['Dana Developer', 'uri@example.com', new URL(spec.env.H2O_WAVE_OIDC_REDIRECT_URL!).host])
      expect(body).toContain(fact)

    const tokens = await app.redeem(await app.decide(uri.cookies, 'allow'))
    const { user } = await uri.client.getSession()
    expect(tokens.claims()).toMatchObject({
      sub: user!.id,
      name: 'Uri User',
      preferred_username: 'uri@example.com',
      aud: `instance-${spec.id}`,
    })
    expect(tokens.claims()).not.toHaveProperty('roles')
  })

  it('asks a person once, and each instance for itself', async () => {
    const [app, other] = [
      await InstanceSignIn.of(await launched('once')),
      await InstanceSignIn.of(await launched('each')),
    ]
    await app.decide(uri.cookies, 'allow')
    expect((await app.redeem(await app.open(uri.cookies))).claims()?.name).toBe('Uri User')
    expect((await other.open(uri.cookies)).body).toContain('wants to know who you are')
    await uri.client.updateInstance({ params: { instanceId: app.id }, body: { visibility: 'ALL_USERS' } })
    expect((await app.open(dana.cookies)).body).toContain('wants to know who you are')
    expect((await app.redeem(await app.decide(dana.cookies, 'allow'))).claims()?.name).toBe('Dana Developer')
  })

  it('is signed in to at its own address by environment, and at each of its names on request, while it has them', async () => {
    const app = await InstanceSignIn.of(await launched('named'))
    const own = new URL(app.env.H2O_WAVE_OIDC_REDIRECT_URL!)
    expect(own.host).toContain(app.id)
    const { url } = await uri.client.createAlias({ body: { name: 'who-am-i', instanceId: app.id } })
    const redirect_uri = new URL(own.pathname, url).href
    await app.decide(uri.cookies, 'allow')
    const answered = await follow(uri.cookies, app.url({ redirect_uri }))
    expect(answered.url).toMatch(`${redirect_uri}?`)
    const leave = async () => {
      const query = new URLSearchParams({ post_logout_redirect_uri: url })
      const answer = await fetch(`${store.origin}/auth/end-session?${query}`, { redirect: 'manual' })
      return answer.headers.get('location')
    }
    expect(await leave()).toBe(url)
    await uri.client.deleteAlias({ params: { name: 'who-am-i' } })
    expect((await follow(uri.cookies, app.url({ redirect_uri }))).status).toBe(400)
    expect(await leave()).toBe('/')
  })

  it('asks again after signing out everywhere', async () => {
    const app = await InstanceSignIn.of(await launched('again'))
    const person = await store.as('uri')
    await app.decide(person.cookies, 'allow')
    await person.client.endAllSessions()
    ;[uri, dana] = await Promise.all([store.as('uri'), store.as('dana')])
    expect((await app.open(uri.cookies)).body).toContain('wants to know who you are')
  })

  it('learns nothing from somebody who refuses, who reads that on a page', async () => {
    const app = await InstanceSignIn.of(await launched('refused'))
    const page = await app.decide(uri.cookies, 'refuse')
    expect(page.body).toContain('Who am I does not learn who you are')
    expect(new URL(page.url).origin).toBe(store.origin)
    expect((await app.open(uri.cookies)).body).toContain('wants to know who you are')
  })

  it('leads somebody who is not signed in through sign-in first', async () => {
    const app = await InstanceSignIn.of(await launched('first'))
    expect((await app.open(new CookieJar())).body).toContain('Uri User')
  })

  it('has the same by variables of its own in mode python, below its base path', async () => {
    const runtime = 'AppMode = "python"\nModule = "app"\nPort = 8000\nEnableOIDC = true\nRoutingMode = "BASE_URL"'
    const { env, id } = await launched('python', runtime)
    expect(env).toMatchObject({
      H2O_CLOUD_OIDC_ISSUER: `${store.origin}/oidc`,
      H2O_CLOUD_OIDC_CLIENT_ID: `instance-${id}`,
      H2O_CLOUD_OIDC_CLIENT_SECRET: expect.stringMatching(/^[\w-]{43}$/),
      H2O_CLOUD_OIDC_REDIRECT_URI: `${store.origin.replace('://', `://${id}.`)}/instance/${id}/_auth/callback`,
    })
    const plain = await launched('plain', 'Module = "app"')
    expect(Object.keys(plain.env).filter((name) => name.includes('OIDC'))).toEqual([])
    expect(plain.reachesStore).toBeUndefined()
  })
})

describe('the client of an instance', () => {
  it('is there for those only who may open it at that moment', async () => {
    const app = await InstanceSignIn.of(await launched('private'))
    const visibility = (value: 'PRIVATE' | 'ALL_USERS') =>
      uri.client.updateInstance({ params: { instanceId: app.id }, body: { visibility: value } })
    expect((await app.open(dana.cookies)).status).toBe(404)
    await visibility('ALL_USERS')
    const code = await app.decide(dana.cookies, 'allow')
    await visibility('PRIVATE')
    await expect(app.redeem(code)).rejects.toMatchObject({ error: 'invalid_grant' })
    expect((await app.open(dana.cookies)).status).toBe(404)
    await visibility('ALL_USERS')
    const { refresh_token } = await app.redeem(await app.open(dana.cookies))
    await visibility('PRIVATE')
    await expect(openid.refreshTokenGrant(app.client, refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('gets tokens that the API does not take', async () => {
    const app = await InstanceSignIn.of(await launched('token'))
    const { access_token } = await app.redeem(await app.decide(uri.cookies, 'allow'))
    const headers = { authorization: `Bearer ${access_token}` }
    expect((await fetch(`${store.origin}/api/session`, { headers })).status).toBe(401)
  })

  it.each([
    ['the API as a resource', { resource: '<api>' }],
    ['another resource', { resource: 'https://evil.example/' }],
    ['roles', { scope: 'openid roles' }],
    ['to stay when the person is gone', { scope: 'openid offline_access', prompt: 'consent' }],
    ['a token without a code', { response_type: 'id_token', nonce: 'n' }],
  ])('is refused when it asks for %s', async (_what, changes) => {
    const app = await InstanceSignIn.of(await launched(`asks.${randomUUID()}`))
    await app.decide(uri.cookies, 'allow')
    const wanted = Object.entries(changes).map(([name, value]) => [name, value.replace('<api>', `${store.origin}/api`)])
    const page = await app.open(uri.cookies, Object.fromEntries(wanted))
    expect(page.url).toMatch(/[?&#]error=/)
    expect(page.url).not.toMatch(/[?&#](code|id_token)=/)
  })

  it('sends people to its own address alone', async () => {
    const [app, other] = [
      await InstanceSignIn.of(await launched('here')),
      await InstanceSignIn.of(await launched('there')),
    ]
    for (const redirect_uri of [other.env.H2O_WAVE_OIDC_REDIRECT_URL!, 'https://evil.example/_auth/callback']) {
      const page = await app.open(uri.cookies, { redirect_uri })
      expect([page.status, new URL(page.url).origin]).toEqual([400, store.origin])
    }
  })

  it('has a secret that is no other instance’s', async () => {
    const [app, other] = [await InstanceSignIn.of(await launched('mine')), await launched('yours')]
    const code = await app.decide(uri.cookies, 'allow')
    const thief = await InstanceSignIn.of({
      ...other,
      env: { ...other.env, H2O_WAVE_OIDC_CLIENT_ID: app.env.H2O_WAVE_OIDC_CLIENT_ID! },
    })
    await expect(thief.redeem(code)).rejects.toMatchObject({ status: 401 })
  })

  it('goes with the instance, and is not there for apps that do not sign people in', async () => {
    const app = await InstanceSignIn.of(await launched('gone'))
    const { refresh_token } = await app.redeem(await app.decide(uri.cookies, 'allow'))
    await uri.client.terminateInstance({ params: { instanceId: app.id } })
    expect((await app.open(uri.cookies)).status).toBe(400)
    await expect(openid.refreshTokenGrant(app.client, refresh_token!)).rejects.toMatchObject({ status: 401 })
    const plain = await launched('never', 'Module = "app"')
    const page = await follow(uri.cookies, app.url({ client_id: `instance-${plain.id}` }))
    expect(page.status).toBe(400)
  })
})

describe('signing out', () => {
  it('of the store ends what an app could go on with', async () => {
    const app = await InstanceSignIn.of(await launched('ends'))
    const person = await store.as('uri')
    const { refresh_token } = await app.redeem(await app.decide(person.cookies, 'allow'))
    const fresh = await openid.refreshTokenGrant(app.client, refresh_token!)
    await fetch(`${store.origin}/api/session`, { method: 'DELETE', headers: { cookie: String(person.cookies) } })
    await expect(openid.refreshTokenGrant(app.client, fresh.refresh_token!)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  it('of an app leaves the store to the person', async () => {
    const { env } = await launched('leaves')
    const person = await store.as('uri')
    const home = env.H2O_WAVE_OIDC_POST_LOGOUT_REDIRECT_URL!
    const query = new URLSearchParams({ post_logout_redirect_uri: home, id_token_hint: 'x' })
    const asked = await follow(person.cookies, `${env.H2O_WAVE_OIDC_END_SESSION_URL}?${query}`)
    expect(asked.body).toContain('Sign out of the store too?')
    const decide = async (decision: string) => {
      const headers = { cookie: String(person.cookies), origin: store.origin }
      const body = new URLSearchParams({ decision })
      const answer = await fetch(asked.url, { method: 'POST', redirect: 'manual', headers, body })
      return answer.headers.get('location')
    }
    expect(await decide('stay')).toBe(home)
    expect((await person.client.getSession()).user?.name).toBe('Uri User')
    expect(await decide('sign_out')).toBe(home)
    expect((await person.client.getSession()).user).toBeNull()
  })

  it.each(['https://evil.example/', 'http://evil.localhost/', 'javascript:alert(1)', '//evil.example/'])(
    'of an app never leads to %s',
    async (wanted) => {
      const query = new URLSearchParams({ post_logout_redirect_uri: wanted })
      const answer = await fetch(`${store.origin}/auth/end-session?${query}`, { redirect: 'manual' })
      expect(answer.headers.get('location')).toBe('/')
    },
  )
})
