import { createClient } from '@wave-store/client'
import { eventually, type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type Visitor, visit } from '../browser.ts'
import { screenshot } from '../screenshot.ts'
import { KeycloakServer } from './keycloak-server.ts'

let keycloak: KeycloakServer
let store: RealStore
let browser: Browser
beforeAll(async () => {
  keycloak = await KeycloakServer.start()
  store = await startRealStore(settings())
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await store?.[Symbol.asyncDispose]()
  await keycloak?.[Symbol.asyncDispose]()
})

const settings = () => ({
  WAVE_STORE_SAMPLES: 'false',
  WAVE_STORE_OIDC_ISSUER: keycloak.issuer,
  WAVE_STORE_OIDC_CLIENT_ID: 'wave-store',
  WAVE_STORE_OIDC_CLIENT_SECRET: 'only-for-this-test',
  WAVE_STORE_ADMIN_ROLE: 'wave-admin',
  WAVE_STORE_FULL_ACCESS_ROLE: 'wave-user',
  WAVE_STORE_OIDC_RECHECK_SECONDS: '1',
})

async function logIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username or email').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(`${username}'s password`)
  await page.getByRole('button', { name: 'Sign In' }).click()
}

/** Somebody who has signed in through Keycloak's own page, and the API as their browser reaches it. */
async function arrived(
  username: string,
  path = '/catalog',
  { origin } = store,
): Promise<Visitor & { client: ReturnType<typeof createClient> }> {
  const visitor = await visit(browser)
  await visitor.page.goto(origin + path)
  await logIn(visitor.page, username)
  await visitor.page.waitForURL(origin + path)
  await visitor.page.getByRole('heading', { level: 1 }).waitFor()
  const cookies = await visitor.context.cookies(origin)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return Object.assign(visitor, { client: createClient({ baseUrl: origin, headers: { cookie } }) })
}

describe('people of a Keycloak realm', () => {
  it.each([
    ['ada', { name: 'Ada Keycloak', isAdmin: true, hasFullAccess: true }],
    ['dana', { name: 'Dana Keycloak', isAdmin: false, hasFullAccess: true }],
    ['vera', { name: 'Vera Keycloak', isAdmin: false, hasFullAccess: false }],
  ])('sign in on its page: %s is what her realm roles say', async (username, wanted) => {
    await using person = await arrived(username)
    expect((await person.client.getSession()).user).toMatchObject({ email: `${username}@example.org`, ...wanted })
  })

  it('come back to the page that they asked for', async () => {
    await using dana = await visit(browser)
    await dana.page.goto(`${store.origin}/catalog?search=churn#top`)
    await dana.page.getByLabel('Username or email').waitFor()
    await screenshot(dana.page, 'keycloak')
    await logIn(dana.page, 'dana')
    await dana.page.getByRole('heading', { name: 'Catalog', level: 1 }).waitFor()
    expect(dana.page.url()).toBe(`${store.origin}/catalog?search=churn#top`)
  })

  it('lose their sessions and API tokens when they are disabled there, and have them back when they are let in again', async () => {
    await using dana = await arrived('dana')
    const { secret } = await dana.client.createToken({ body: { name: 'ci', scopes: ['read'] } })
    const script = createClient({ baseUrl: store.origin, headers: { authorization: `Bearer ${secret}` } })
    await script.listApps({})
    await keycloak.setEnabled('dana', false)
    await eventually(async () => expect((await dana.client.getSession()).user).toBeNull())
    await expect(script.listApps({})).rejects.toMatchObject({ code: 'unauthenticated' })
    await dana.page.goto(`${store.origin}/catalog`)
    await logIn(dana.page, 'dana')
    await dana.page.getByText('Account is disabled').waitFor()

    await keycloak.setEnabled('dana', true)
    await using again = await arrived('dana')
    expect((await again.client.getSession()).user).toMatchObject({ name: 'Dana Keycloak' })
    await script.listApps({})
  })

  it('lose at the next check what a role gave that was taken from them', async () => {
    await using dana = await arrived('dana')
    await keycloak.setRole('dana', 'wave-user', false)
    await eventually(async () => expect((await dana.client.getSession()).user).toMatchObject({ hasFullAccess: false }))
    await keycloak.setRole('dana', 'wave-user', true)
    await eventually(async () => expect((await dana.client.getSession()).user).toMatchObject({ hasFullAccess: true }))
  })

  it('are known there after signing out of the store, and sign in again without a question', async () => {
    await using vera = await arrived('vera')
    await vera.client.signOut()
    expect((await vera.client.getSession()).user).toBeNull()
    await vera.page.goto(`${store.origin}/auth/sign-in?return_to=/catalog`)
    await vera.page.waitForURL(`${store.origin}/catalog`)
    await vera.page.getByRole('heading', { level: 1 }).waitFor()
  })

  it('are signed out when their session there ends, unless the store asked for offline access', async () => {
    await using patient = await startRealStore({
      ...settings(),
      WAVE_STORE_OIDC_SCOPES: 'openid profile email offline_access',
    })
    await using here = await arrived('ada')
    await using there = await arrived('ada', '/catalog', patient)
    await keycloak.endSessions('ada')
    await eventually(async () => expect((await here.client.getSession()).user).toBeNull())
    await keycloak.setRole('ada', 'wave-admin', false)
    await eventually(async () => expect((await there.client.getSession()).user).toMatchObject({ isAdmin: false }))
    await keycloak.setRole('ada', 'wave-admin', true)
  })
})
