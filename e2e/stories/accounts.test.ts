import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, visit } from '../browser.ts'
import { screenshot } from '../screenshot.ts'

let store: RealStore
let browser: Browser
beforeAll(async () => {
  const settings = { WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'false', WAVE_STORE_SAMPLES: 'false' }
  ;[store, browser] = await Promise.all([startRealStore(settings), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

async function enterPassword(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByRole('heading', { name: 'Choose a password' }).waitFor()
  await page.getByLabel('New password').fill(password)
  await page.getByLabel('Again').fill(password)
  await page.getByRole('button', { name: 'Save and sign in' }).click()
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

it('lets the first administrator in, who makes an account for somebody and disables it later', async () => {
  const printed = /one-time password (\S+)/.exec(store.output())?.[1]
  await using admin = await visit(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
  const { page } = admin
  await page.goto(`${store.origin}/admin/accounts`)
  await page.getByLabel('Username').waitFor()
  await screenshot(page, 'sign-in')
  await enterPassword(page, 'admin', printed ?? 'none was printed')
  await heading(page, 'Choose a password').waitFor()
  await screenshot(page, 'choose-a-password')
  await choosePassword(page, 'an administrator’s own')
  await heading(page, 'Accounts').waitFor()
  const own = page.getByRole('row', { name: /Administrator admin/ })
  await own.getByText('Active').waitFor()
  expect(await own.getByRole('button').allTextContents()).toHaveLength(1)

  await page.getByRole('button', { name: 'New account' }).click()
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Username').fill('grace hopper')
  await panel.getByLabel('Name', { exact: true }).fill('Grace Hopper')
  await panel.getByLabel('E-mail').fill('grace')
  await panel.getByLabel('Other roles').fill('data-team, the navy')
  await panel.getByRole('button', { name: 'Create account' }).click()
  for (const problem of ['Letters, digits, dots', 'Not an e-mail address', '“the navy”: Letters'])
    await panel.getByRole('alert').filter({ hasText: problem }).waitFor()
  await screenshot(page, 'new-account-problems')
  await panel.getByLabel('Username').fill('admin')
  await panel.getByLabel('E-mail').fill('grace@example.com')
  await panel.getByLabel('Other roles').fill('data-team, navy')
  await panel.getByRole('button', { name: 'Create account' }).click()
  await panel.getByRole('alert').filter({ hasText: 'There is an account admin already' }).waitFor()
  await panel.getByLabel('Username').fill('grace')
  await panel.getByRole('button', { name: 'Create account' }).click()
  const oneTimePassword = await panel.getByRole('textbox', { name: 'One-time password' }).inputValue()
  await panel.getByRole('button', { name: 'Copy' }).click()
  await panel.getByText('Copied.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(oneTimePassword)
  await screenshot(page, 'one-time-password')
  await panel.getByRole('button', { name: 'Done' }).click()
  const row = page.getByRole('row', { name: /Grace Hopper grace/ })
  await row.getByText('One-time password not used yet').waitFor()
  await row.getByText('navy').waitFor()

  await using grace = await visit(browser)
  await grace.page.goto(`${store.origin}/catalog`)
  await enterPassword(grace.page, 'grace', oneTimePassword)
  await choosePassword(grace.page, 'a nanosecond of wire')
  await heading(grace.page, 'Catalog').waitFor()
  expect(await grace.page.getByRole('link', { name: 'Admin' }).count()).toBe(0)
  await grace.page.goto(`${store.origin}/admin/accounts`)
  await heading(grace.page, 'Page not found').waitFor()

  await page.reload()
  await row.getByText('Active').waitFor()
  await row.getByRole('button', { name: 'Disable Grace Hopper' }).click()
  await page.getByRole('dialog').getByText('is signed out at once').waitFor()
  await screenshot(page, 'disable-account')
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await row.getByText('Disabled').waitFor()
  await screenshot(page, 'accounts')

  await grace.page.goto(`${store.origin}/catalog`)
  await enterPassword(grace.page, 'grace', 'a nanosecond of wire')
  await grace.page.getByRole('alert').filter({ hasText: 'do not belong together' }).waitFor()
  await screenshot(grace.page, 'sign-in-refused')

  expect([...admin.strayRequests, ...grace.strayRequests]).toEqual([])
})
