import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { follow, submit, UpstreamIssuer, UpstreamVisitor } from '@wave-store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../config/read-config.ts'
import { startTestStore, type TestStore } from '../testing/test-store.ts'
import { userOf } from '../testing/upstream.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'

let issuer: UpstreamIssuer
let store: TestStore
let visitor: UpstreamVisitor
const directories: string[] = []
beforeAll(async () => {
  issuer = await UpstreamIssuer.start()
  store = await startTestStore({ environment: issuer.settings() })
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await issuer[Symbol.asyncDispose]()
  for (const directory of directories) await rm(directory, { recursive: true })
})
beforeEach(() => {
  visitor = new UpstreamVisitor(store.origin)
})

const newDirectory = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'wave-store-'))
  directories.push(directory)
  return directory
}
const html = { accept: 'text/html' }

describe('sign-in at an upstream issuer', () => {
  it('goes straight there and comes back to where it began', async () => {
    const page = await visitor.goToIssuer('/apps?page=2')
    expect(page.url).toMatch(new RegExp(`^${issuer.url}/login/`))
    const end = await follow(visitor.cookies, await visitor.logIn(page, 'dana'))
    expect(end.url).toBe(`${store.origin}/apps?page=2`)
    expect(await userOf(visitor)).toMatchObject({ name: 'Dana Upstream', email: 'dana@example.org' })
  })

  it.each([
    ['ada', { isAdmin: true, hasFullAccess: true }],
    ['dana', { isAdmin: false, hasFullAccess: true }],
    ['vera', { isAdmin: false, hasFullAccess: false }],
  ])('makes %s what their roles say', async (username, wanted) => {
    await visitor.signIn(username)
    expect(await userOf(visitor)).toMatchObject(wanted)
  })

  it('knows a person by issuer and subject, whatever their e-mail address', async () => {
    await visitor.signIn('dana')
    const dana = await userOf(visitor)
    await issuer.setPerson('mallory', { subject: 's-mallory', email: 'dana@example.org' })
    await visitor.signIn('mallory')
    const again = new UpstreamVisitor(store.origin)
    await issuer.setPerson('dana', { email: 'dana@elsewhere.example' })
    await again.signIn('dana')
    expect(await userOf(again)).toMatchObject({ id: dana?.id, email: 'dana@elsewhere.example' })
    const mallory = new UpstreamVisitor(store.origin)
    await mallory.signIn('mallory')
    expect((await userOf(mallory))?.id).not.toBe(dana?.id)
  })

  it('takes the same subject of another issuer for another person', async () => {
    const dataDir = await newDirectory()
    const before = await startTestStore({ dataDir, environment: issuer.settings() })
    const first = new UpstreamVisitor(before.origin)
    await first.signIn('dana')
    const known = await userOf(first)
    await before[Symbol.asyncDispose]()
    await using elsewhere = await UpstreamIssuer.start()
    await using after = await startTestStore({ dataDir, environment: elsewhere.settings() })
    const second = new UpstreamVisitor(after.origin)
    await second.signIn('dana')
    expect(await userOf(second)).toMatchObject({ name: known?.name })
    expect((await userOf(second))?.id).not.toBe(known?.id)
  })

  it('shows somebody who is refused that they were, and lets them try again', async () => {
    const refused = await visitor.signIn('nobody', '/apps?page=3')
    expect(refused.status).toBe(403)
    expect(refused.body).toContain('did not let you in')
    const again = /href="([^"]+)">Try again/.exec(refused.body)![1]!
    const left = await follow(visitor.cookies, store.origin + again)
    const page = await follow(visitor.issuerCookies, left.url)
    const end = await follow(visitor.cookies, await visitor.logIn(page, 'dana'))
    expect(end.url).toBe(`${store.origin}/apps?page=3`)
  })

  it('takes no password of this store', async () => {
    await store.store.context.accounts.insert({
      username: 'local',
      name: 'Local',
      email: '',
      roles: ['admin'],
      passwordHash: '',
    })
    const begun = await fetch(`${store.origin}/auth/sign-in`, { redirect: 'manual' })
    visitor.cookies.take(begun.headers.getSetCookie())
    const login = await fetch(begun.headers.get('location')!, { redirect: 'manual' })
    visitor.cookies.take(login.headers.getSetCookie())
    const url = new URL(login.headers.get('location')!, store.origin).href
    const answer = await submit(visitor.cookies, url, { username: 'local', password: 'x' })
    expect(answer.url.startsWith(issuer.url)).toBe(true)
  })
})

describe('what comes back from the issuer', () => {
  it('counts once', async () => {
    const back = await visitor.logIn(await visitor.goToIssuer(), 'dana')
    const held = visitor.cookies.pairs()
    await follow(visitor.cookies, back)
    visitor.cookies.take(held)
    expect(await follow(visitor.cookies, back, html)).toMatchObject({ status: 400 })
  })

  it('counts in the browser alone that asked', async () => {
    const back = await visitor.logIn(await visitor.goToIssuer(), 'dana')
    const thief = new UpstreamVisitor(store.origin)
    await thief.goToIssuer()
    expect(await follow(thief.cookies, back, html)).toMatchObject({ status: 400 })
    expect(await userOf(thief)).toBeNull()
    await follow(visitor.cookies, back)
    expect(await userOf(visitor)).not.toBeNull()
  })

  it('does not count once the person has signed out everywhere', async () => {
    await visitor.signIn('dana')
    const { id } = (await userOf(visitor))!
    const other = new UpstreamVisitor(store.origin)
    const callback = await other.logIn(await other.goToIssuer('/'), 'dana')
    const back = await fetch(callback, { redirect: 'manual', headers: { cookie: String(other.cookies) } })
    other.cookies.take(back.headers.getSetCookie())
    await signOutEverywhere(store.store.context, id)
    await follow(other.cookies, new URL(back.headers.get('location')!, store.origin).href)
    expect(String(other.cookies)).not.toContain('wave-session')
  })

  it('does not count when it names another issuer', async () => {
    const back = new URL(await visitor.logIn(await visitor.goToIssuer(), 'dana'))
    back.searchParams.set('iss', 'https://another-issuer.example')
    expect(await follow(visitor.cookies, back.href, html)).toMatchObject({ status: 503 })
    expect(await userOf(visitor)).toBeNull()
  })
})

describe('roles', () => {
  it.each([
    ['resource_access.the-store.roles', 'id_token'],
    ['realm_access.roles', 'userinfo'],
    ['realm_access.roles', 'access_token'],
  ] as const)('are found at %s of the %s', async (roleClaim, rolesIn) => {
    await using elsewhere = await UpstreamIssuer.start({ roleClaim, rolesIn })
    const environment = { ...elsewhere.settings(), WAVE_STORE_OIDC_ROLE_CLAIM: roleClaim }
    await using other = await startTestStore({ environment })
    const ada = new UpstreamVisitor(other.origin)
    await ada.signIn('ada')
    expect(await userOf(ada)).toMatchObject({ isAdmin: true })
  })
})

describe('a store with an upstream issuer', () => {
  it('does not start while nobody has said who has full access', () => {
    const { WAVE_STORE_FULL_ACCESS_ROLE: _, ...environment } = issuer.settings()
    expect(() => readConfig(environment, '/')).toThrow(
      "WAVE_STORE_FULL_ACCESS_ROLE must say which role of the issuer's gives full access",
    )
  })

  it.each([
    ['plain HTTP to another machine', 'http://issuer.example'],
    ['a password in its address', 'https://store:hunter2@issuer.example'],
  ])('does not start with %s', (_what, url) => {
    expect(() => readConfig({ ...issuer.settings(), WAVE_STORE_OIDC_ISSUER: url }, '/')).toThrow(
      /WAVE_STORE_OIDC_ISSUER must (?!.*hunter2)/,
    )
  })

  it('no longer counts the accounts of its own that it had before', async () => {
    const dataDir = await newDirectory()
    const before = await startTestStore({ dataDir })
    const dana = (await before.as('dana')).cookies
    expect(await userOf({ store: before.origin, cookies: dana })).not.toBeNull()
    await before[Symbol.asyncDispose]()
    const after = await startTestStore({ dataDir, environment: issuer.settings() })
    expect(await userOf({ store: after.origin, cookies: dana })).toBeNull()
    await after[Symbol.asyncDispose]()
  })
})
