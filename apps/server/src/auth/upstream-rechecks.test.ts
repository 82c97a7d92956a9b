import { createClient } from '@wave-store/client'
import { eventually, InstanceVisitor, UpstreamIssuer, UpstreamVisitor } from '@wave-store/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CommandLine } from '../testing/command-line.ts'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestStore } from '../testing/test-store.ts'
import { userOf } from '../testing/upstream.ts'

const hour = 60 * 60 * 1000
const recheckMs = 300_000

let issuer: UpstreamIssuer
let store: TestStore
let dana: UpstreamVisitor
const clock = { ms: Date.now() }
beforeAll(async () => {
  issuer = await UpstreamIssuer.start()
})
afterAll(() => issuer[Symbol.asyncDispose]())
beforeEach(async () => {
  store = await startTestStore({ clock: { now: () => clock.ms }, environment: issuer.settings() })
  dana = new UpstreamVisitor(store.origin)
  await dana.signIn('dana')
})
afterEach(async () => {
  await issuer.set({ isDown: false, isFailing: false, lie: null, refreshTokens: true })
  await issuer.setPerson('dana', { isDisabled: false, roles: ['store-users'], name: 'Dana Upstream' })
  await store[Symbol.asyncDispose]()
})

const client = (headers: Record<string, string>) => createClient({ baseUrl: store.origin, headers })
const browser = () => client({ cookie: String(dana.cookies) })
const bearer = (token: string) => client({ authorization: `Bearer ${token}` })
const isSignedOut = () => eventually(async () => expect(await userOf(dana)).toBeNull())
/** As much time passes as lies between two checks. */
const letTimePass = (timeMs = recheckMs) => {
  clock.ms += timeMs
}
/** The next check has been answered, whatever the answer. */
const checked = async () => {
  const before = await issuer.tokenRequests()
  letTimePass()
  await eventually(async () => expect(await issuer.tokenRequests()).toBeGreaterThan(before))
}

describe('somebody whom the issuer has disabled', () => {
  it('loses sessions, instances, command lines and API tokens at the next check, and nothing before', async () => {
    const { app } = await importDemo()
    const instance = await browser().launchInstance({ body: { appId: app.id } })
    const guest = new InstanceVisitor(instance.url, dana.cookies)
    expect((await guest.open()).status).toBe(503)
    const { secret } = await browser().createToken({ body: { name: 'CI', scopes: ['read'], expiresInDays: 30 } })
    const cli = await CommandLine.of(store.origin)
    const { access_token, refresh_token } = await cli.signIn(dana.cookies, 'allow')
    await issuer.setPerson('dana', { isDisabled: true })
    expect(await userOf(dana)).not.toBeNull()

    letTimePass()
    await isSignedOut()
    await eventually(async () => expect((await guest.get('/')).status).toBe(401))
    for (const token of [secret, access_token])
      await expect(bearer(token).listApps({})).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(cli.refresh(refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })

    await issuer.setPerson('dana', { isDisabled: false })
    await dana.signIn('dana')
    expect((await bearer(secret).getSession()).user).toMatchObject({ name: 'Dana Upstream' })
  })

  it('is told by the audit log', async () => {
    await issuer.revoke('dana')
    letTimePass()
    await isSignedOut()
    const events = await store.store.context.db.selectFrom('auditEvent').selectAll().execute()
    expect(events.at(-1)).toMatchObject({ action: 'session.end-by-issuer', targetName: 'Dana Upstream' })
  })

  it('is asked for when their command line refreshes, however long ago the loop was there', async () => {
    const cli = await CommandLine.of(store.origin)
    const { refresh_token } = await cli.signIn(dana.cookies, 'allow')
    await store.store.context.upstream!.rechecks[Symbol.asyncDispose]()
    await issuer.setPerson('dana', { isDisabled: true })
    const second = await cli.refresh(refresh_token!)
    letTimePass()
    await expect(cli.refresh(second.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
    await isSignedOut()
  })
})

describe('somebody whom the issuer confirms', () => {
  it('is who the issuer says at each check', async () => {
    await issuer.setPerson('dana', { name: 'Dana Married', roles: [] })
    letTimePass()
    await eventually(async () =>
      expect(await userOf(dana)).toMatchObject({ name: 'Dana Married', hasFullAccess: false }),
    )
    await issuer.setPerson('dana', { roles: ['admin'] })
    letTimePass()
    await eventually(async () => expect(await userOf(dana)).toMatchObject({ isAdmin: true }))
  })

  it('is asked for with each refresh token once, and by one check at a time', async () => {
    const { rechecks } = store.store.context.upstream!
    const { id } = (await userOf(dana))!
    for (let round = 0; round < 3; round++) {
      const before = await issuer.tokenRequests()
      letTimePass()
      await Promise.all(Array.from({ length: 10 }, () => rechecks.confirm(id)))
      expect(await issuer.tokenRequests()).toBe(before + 1)
      expect(await userOf(dana)).not.toBeNull()
    }
  })

  it('is not asked for once they hold nothing any more', async () => {
    await browser().signOut()
    await store.store.context.db.deleteFrom('providerState').execute()
    const vera = new UpstreamVisitor(store.origin)
    await vera.signIn('vera')
    const before = await issuer.tokenRequests()
    await checked()
    expect(await issuer.tokenRequests()).toBe(before + 1)
  })

  it('leaves nothing readable of the refresh token in the database', async () => {
    const { db, upstream } = store.store.context
    const row = await db.selectFrom('upstreamLogin').selectAll().executeTakeFirstOrThrow()
    const login = await upstream!.logins.find(row.personId, issuer.url)
    expect(login?.refreshToken).toBeTruthy()
    expect(row.refreshToken).not.toContain(login!.refreshToken!)
  })
})

describe('an issuer that cannot be asked', () => {
  it.each([
    ['is down', { isDown: true }],
    ['fails', { isFailing: true }],
  ])('and %s changes nothing for 24 hours, then stops, then brings people back', async (_what, trouble) => {
    await issuer.set(trouble)
    for (let passed = 0; passed < 23; passed++) {
      letTimePass(hour)
      expect(await userOf(dana)).not.toBeNull()
    }
    letTimePass(hour)
    expect(await userOf(dana)).toBeNull()
    await issuer.set({ isDown: false, isFailing: false })
    await eventually(async () => {
      // A question that was under way when the issuer came back may have failed since, and begun another pause.
      letTimePass()
      expect(await userOf(dana)).toMatchObject({ name: 'Dana Upstream' })
    })
  })

  it('and gave no refresh token is trusted for 12 hours', async () => {
    await issuer.set({ refreshTokens: false })
    const ada = new UpstreamVisitor(store.origin)
    await ada.signIn('ada')
    letTimePass(12 * hour - 1000)
    expect(await userOf(ada)).not.toBeNull()
    letTimePass(1000)
    expect(await userOf(ada)).toBeNull()
  })
})

async function importDemo() {
  const body = (await demoBundle()) as Uint8Array<ArrayBuffer>
  const headers = { 'content-type': 'application/zip', cookie: String(dana.cookies) }
  const response = await fetch(`${store.origin}/api/apps`, { method: 'POST', body, headers })
  return { app: (await response.json()) as { id: string } }
}
