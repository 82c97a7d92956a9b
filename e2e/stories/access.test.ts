import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, people, signInAt, signInHere, visit } from '../browser.ts'
import { look } from '../look.ts'

let store: RealStore
let browser: Browser
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_SAMPLES: 'false' }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })
const ask = async (path: string, token: string) =>
  (await fetch(store.origin + path, { headers: { authorization: `Bearer ${token}` } })).status

it('makes an API token, shows its secret once, and revokes it', async () => {
  await using dana = await visit(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
  const { page } = dana
  await signInAt(page, `${store.origin}/catalog`, people.developer)
  await page.getByRole('button', { name: 'Account of Dana Developer' }).click()
  await page.getByRole('menuitem', { name: 'CLI & API access' }).click()
  await heading(page, 'CLI & API access').waitFor()
  expect(await page.getByRole('textbox', { name: 'Endpoint URL' }).inputValue()).toBe(store.origin)
  expect(await page.getByRole('textbox', { name: 'OIDC URL' }).inputValue()).toMatch(`${store.origin}/`)
  await page.getByRole('button', { name: 'Copy Client ID' }).click()
  await page.getByText('Copied.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('h2o')

  await page.getByText('You have no API token').waitFor()
  await page.getByRole('button', { name: 'New token' }).click()
  const panel = page.getByRole('dialog')
  expect(await panel.getByRole('checkbox', { name: 'Administration' }).count()).toBe(0)
  await panel.getByLabel('Name').fill('n'.repeat(81))
  await panel.getByText('Read', { exact: true }).click()
  await panel.getByRole('button', { name: 'Create token' }).click()
  for (const problem of ['At most 80 characters', 'At least one scope'])
    await panel.getByRole('alert').filter({ hasText: problem }).waitFor()
  await look(page, 'new-token')
  await panel.getByLabel('Name').fill('Nightly build')
  await panel.getByText('Read', { exact: true }).click()
  await panel.getByText('Apps', { exact: true }).click()
  await panel.getByRole('combobox', { name: 'Expires after' }).click()
  await page.getByRole('option', { name: /^7 days, until/ }).click()
  await panel.getByRole('button', { name: 'Create token' }).click()
  const secret = await panel.getByRole('textbox', { name: 'Token' }).inputValue()
  await look(page, 'token-secret')
  expect(await ask('/api/apps', secret)).toBe(200)
  await panel.getByRole('button', { name: 'Done' }).click()

  const row = page.getByRole('row', { name: /Nightly build/ })
  await page.reload()
  await row.getByText('from 127.0.0.1').waitFor()
  expect(await page.getByText(secret).count()).toBe(0)
  await look(page, 'access')
  await row.getByRole('button', { name: 'Revoke Nightly build' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('You have no API token').waitFor()
  expect(await ask('/api/apps', secret)).toBe(401)
  expect(dana.strayRequests).toEqual([])
  expect(dana.complaints).toEqual([expect.stringContaining('400')])
})

it('gives a command line that asks for one a token of thirty days', async () => {
  await using uri = await visit(browser)
  const { page } = uri
  await signInAt(page, `${store.origin}/auth/get-token`, people.user)
  await heading(page, 'Token for the command line').waitFor()
  await page.getByRole('button', { name: 'Make a token' }).click()
  const secret = await page.getByRole('textbox', { name: 'Token' }).inputValue()
  await page.getByText('Paste it where the command line asks for it').waitFor()
  await look(page, 'get-token')
  expect(await ask('/api/instances', secret)).toBe(200)
  await page.getByRole('link', { name: 'CLI & API access' }).click()
  const row = page.getByRole('row', { name: /^Command line, / })
  for (const scope of ['Read', 'Apps', 'Instances']) await row.getByText(scope, { exact: true }).waitFor()
  expect(uri.complaints).toEqual([])
})

it('shows where somebody is signed in, signs out one browser, and then all', async () => {
  await using here = await visit(browser)
  const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0'
  await using there = await visit(browser, { userAgent: agent })
  await signInAt(there.page, `${store.origin}/access`, people.developer)
  await signInAt(here.page, `${store.origin}/access`, people.developer)
  const rows = here.page.getByRole('table', { name: 'Where you are signed in' }).getByRole('row')
  await rows
    .filter({ hasText: 'This one' })
    .getByText(/^Chrome \d+ on Linux$/)
    .waitFor()
  await rows.getByRole('button', { name: 'Sign out Firefox 144 on Windows' }).click()
  await here.page.getByText('Firefox 144 on Windows is signed out.').waitFor()
  await rows.getByText('Firefox 144 on Windows').waitFor({ state: 'detached' })
  await there.page.goto(`${store.origin}/access`)
  await signInHere(there.page, people.developer)
  await heading(there.page, 'CLI & API access').waitFor()

  await here.page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await here.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await heading(here.page, 'Signed out').waitFor()
  await there.page.goto(`${store.origin}/access`)
  await heading(there.page, 'Sign in').waitFor()
})
