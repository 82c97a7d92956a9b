import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, people, signInAt, signInHere, visit } from '../browser.ts'
import { screenshot } from '../screenshot.ts'

let store: RealStore
let browser: Browser
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_SAMPLES: 'false' }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

interface DeviceCode {
  device_code: string
  user_code: string
  verification_uri: string
  verification_uri_complete: string
}

async function post<T>(path: string, form: Record<string, string>): Promise<T> {
  const body = new URLSearchParams({ client_id: 'h2o', ...form })
  return (await fetch(`${store.origin}/oidc/${path}`, { method: 'POST', body })).json() as Promise<T>
}

const askForCode = () => post<DeviceCode>('device/auth', { scope: 'openid profile email roles api' })
const redeem = ({ device_code }: DeviceCode) =>
  post<{ access_token?: string; error?: string }>('token', {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code,
  })

async function nameOf(token: string | undefined): Promise<string | undefined> {
  const response = await fetch(`${store.origin}/api/session`, { headers: { authorization: `Bearer ${token}` } })
  return ((await response.json()) as { user?: { name: string } }).user?.name
}

const letIn = (page: Page) => page.getByRole('button', { name: 'Let it in' }).click()

it('lets a command line on another machine in by the code that it shows', async () => {
  const code = await askForCode()
  await using uri = await visit(browser)
  const { page } = uri
  await page.goto(code.verification_uri)
  await screenshot(page, 'device-code')
  await page.getByLabel('Code').fill(code.user_code.toLowerCase().replace('-', ' '))
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText(code.user_code).waitFor()
  await screenshot(page, 'device-confirm')
  await letIn(page)
  await signInHere(page, people.user)
  await page.getByRole('heading', { name: 'The command line is signed in' }).waitFor()
  await screenshot(page, 'device-done')
  expect(await nameOf((await redeem(code)).access_token)).toBe('Uri User')
  expect(uri.complaints).toEqual([])
})

it('asks before it lets in the command line whose link somebody opens', async () => {
  const code = await askForCode()
  await using uri = await visit(browser)
  const { page } = uri
  await signInAt(page, `${store.origin}/catalog`, people.user)
  await page.getByRole('heading', { name: 'Catalog', level: 1 }).waitFor()
  await page.goto(code.verification_uri_complete)
  await page.getByRole('heading', { name: 'Let this command line in?' }).waitFor()
  await page.getByRole('button', { name: 'Refuse' }).click()
  await page.getByText('The command line was not let in.').waitFor()
  expect((await redeem(code)).error).toBe('access_denied')
  expect(uri.complaints).toEqual([])
})

it('asks before it lets in a command line on this computer, and says so when that is over', async () => {
  await using dana = await visit(browser)
  const { page } = dana
  const query = new URLSearchParams({
    client_id: 'h2o',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:1/callback',
    scope: 'openid api',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  await signInAt(page, `${store.origin}/oidc/auth?${query}`, people.developer)
  await page.getByRole('heading', { name: 'Let the command line in?' }).waitFor()
  await screenshot(page, 'consent')
  const answered = page.waitForRequest(/^http:\/\/127\.0\.0\.1:1\/callback\?/)
  await letIn(page)
  expect(new URL((await answered).url()).searchParams.get('code')).toBeTruthy()
})
