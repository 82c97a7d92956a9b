import { eventually, follow, UpstreamIssuer, UpstreamVisitor } from '@wave-store/testing'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../testing/test-store.ts'
import { userOf } from '../testing/upstream.ts'

const recheckMs = 300_000
const lies = ['wrong_audience', 'wrong_issuer', 'wrong_nonce', 'forged', 'unsigned'] as const

let issuer: UpstreamIssuer
let stores: TestStore[] = []
let log: string[]
const clock = { ms: Date.now() }
beforeAll(async () => {
  issuer = await UpstreamIssuer.start()
})
afterAll(() => issuer[Symbol.asyncDispose]())
beforeEach(() => {
  stores = []
  log = []
})
afterEach(async () => {
  await issuer.set({ isDown: false, lie: null })
  for (const store of stores) await store[Symbol.asyncDispose]()
  expectNoSecretIn(log)
})

async function storeWith(settings: Record<string, string> = {}): Promise<TestStore> {
  const logger = pino({ level: 'debug' }, { write: (line) => log.push(line) })
  const environment = { ...issuer.settings(), ...settings }
  const store = await startTestStore({ clock: { now: () => clock.ms }, environment, logger })
  stores.push(store)
  return store
}

/** What names a token: the beginning of every JWT, or what a query or a form would call it. */
function expectNoSecretIn(lines: string[]): void {
  const everything = lines.join('\n')
  for (const secret of [issuer.clientSecret, 'not-the-secret', 'eyJ', 'refresh_token', 'access_token', 'id_token'])
    expect(everything).not.toContain(secret)
  expect(everything).not.toMatch(/[?&](code|state)=/)
}

const logged = (text: string) => log.filter((line) => line.includes(text))
const letTimePass = () => {
  clock.ms += recheckMs
}

describe('an issuer that does not tell the truth', () => {
  it.each(lies)('signs nobody in with %s in the ID token', async (lie) => {
    const visitor = new UpstreamVisitor((await storeWith()).origin)
    await issuer.set({ lie })
    const page = await visitor.signIn('dana')
    expect(page.status).toBe(503)
    expect(page.body).toContain('cannot be trusted')
    expect(await userOf(visitor)).toBeNull()
    expect(logged('cannot be trusted')).toHaveLength(1)
    await issuer.set({ lie: null })
    await visitor.signIn('dana')
    expect(await userOf(visitor)).not.toBeNull()
  })

  it('is answered to a program with a problem', async () => {
    const visitor = new UpstreamVisitor((await storeWith()).origin)
    await issuer.set({ lie: 'forged' })
    const back = await visitor.logIn(await visitor.goToIssuer(), 'dana')
    const answer = await follow(visitor.cookies, back, { accept: 'application/json' })
    expect(JSON.parse(answer.body)).toMatchObject({ status: 503, code: 'unavailable' })
  })

  it.each(['wrong_audience', 'forged'] as const)('changes nobody with %s at a check', async (lie) => {
    const store = await storeWith()
    const visitor = new UpstreamVisitor(store.origin)
    await visitor.signIn('vera')
    await issuer.set({ lie })
    await issuer.setPerson('vera', { roles: ['admin'] })
    letTimePass()
    await eventually(() => expect(logged('cannot be asked about people')).toHaveLength(1))
    expect(await userOf(visitor)).toMatchObject({ isAdmin: false })
    await issuer.set({ lie: null })
    letTimePass()
    await eventually(async () => expect(await userOf(visitor)).toMatchObject({ isAdmin: true }))
    await issuer.setPerson('vera', { roles: [] })
  })
})

describe('an issuer that is down', () => {
  it('does not keep the store from starting, and signs people in once it is up', async () => {
    await issuer.set({ isDown: true })
    const store = await storeWith()
    const visitor = new UpstreamVisitor(store.origin)
    const page = await visitor.goToIssuer('/apps')
    expect(page.status).toBe(503)
    await issuer.set({ isDown: false })
    const end = await visitor.signIn('dana', '/apps')
    expect(end.url).toBe(`${store.origin}/apps`)
    expect(await userOf(visitor)).not.toBeNull()
  })

  it('is named to people and to programs', async () => {
    const store = await storeWith()
    await issuer.set({ isDown: true })
    const page = await follow(new UpstreamVisitor(store.origin).cookies, `${store.origin}/auth/sign-in`, {
      accept: 'text/html',
    })
    expect(page.body).toContain(`${issuer.url}/, where people sign in, does not answer`)
    expect(page.body).toContain('Try again')
  })

  it('is logged once, however many people cannot be asked about and however often', async () => {
    const store = await storeWith()
    for (const username of ['ada', 'dana', 'vera']) await new UpstreamVisitor(store.origin).signIn(username)
    await issuer.set({ isDown: true })
    const { rechecks } = store.store.context.upstream!
    const people = await store.store.context.db.selectFrom('person').select('id').execute()
    for (let round = 0; round < 3; round++) {
      letTimePass()
      await Promise.all(people.map(({ id }) => rechecks.confirm(id)))
    }
    expect(logged('cannot be asked about people')).toHaveLength(1)
    await issuer.set({ isDown: false })
    letTimePass()
    await eventually(() => expect(logged('can be asked about people again')).toHaveLength(1))
  })
})

describe('a store that the issuer does not know as it says it is', () => {
  it('says so to people, and what it is in the log', async () => {
    const store = await storeWith({ WAVE_STORE_OIDC_CLIENT_SECRET: 'not-the-secret' })
    const visitor = new UpstreamVisitor(store.origin)
    const page = await visitor.signIn('dana')
    expect(page.body).toContain('not set up right at the issuer')
    expect(logged('does not take the client')).toHaveLength(1)
  })

  it('finds another issuer at the address than it names', async () => {
    const store = await storeWith({ WAVE_STORE_OIDC_ISSUER: issuer.url.replace('127.0.0.1', 'localhost') })
    const page = await follow(new UpstreamVisitor(store.origin).cookies, `${store.origin}/auth/sign-in`, {
      accept: 'text/html',
    })
    expect(page.body).toContain('not set up right at the issuer')
  })

  it('does not sign out everybody when its secret is changed there', async () => {
    const store = await storeWith()
    const visitor = new UpstreamVisitor(store.origin)
    await visitor.signIn('dana')
    const { id } = (await userOf(visitor))!
    await issuer.set({ isClientUnknown: true })
    letTimePass()
    await store.store.context.upstream!.rechecks.confirm(id)
    expect(await userOf(visitor)).not.toBeNull()
    expect(logged('misconfigured')).toHaveLength(1)
    await issuer.set({ isClientUnknown: false })
  })
})
