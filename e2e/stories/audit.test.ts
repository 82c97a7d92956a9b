import type { AppDetails } from '@wave-store/contract'
import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiPerson, signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { look } from '../look.ts'

let store: RealStore
let browser: Browser
let developer: ApiPerson
let app: AppDetails
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_SAMPLES: 'false' }), openBrowser()])
  developer = await signInToApi(store.origin, 'dana')
  app = await developer.importBundle({})
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

it('tells a developer what an administrator did to an app, once', async () => {
  await using dana = await visit(browser)
  const { page } = dana
  await signInAt(page, `${store.origin}/activity`, people.developer)
  await heading(page, 'Activity').waitFor()
  await page.getByText('Nothing has been done to your things').waitFor()
  expect(await page.getByRole('link', { name: 'Activity', exact: true }).count()).toBe(1)

  await using admin = await visit(browser)
  await signInAt(admin.page, `${store.origin}/apps/${app.id}/settings`, people.admin)
  await admin.page.getByRole('radio', { name: /^All users/ }).check()
  await admin.page.getByRole('button', { name: 'Save visibility' }).click()
  await admin.page.getByText('is now visible to: All users').waitFor()

  await page.goto(`${store.origin}/catalog`)
  await page.getByRole('link', { name: 'Activity, 1 new event' }).click()
  const row = page.getByRole('row', { name: /Ada Admin changed the visibility of Example 1\.0\.0/ })
  await row.getByText('New').waitFor()
  await row.getByText('visibility: All users').waitFor()
  await page.getByRole('link', { name: 'Activity', exact: true }).waitFor()
  await look(page, 'activity')
  await page.reload()
  await row.waitFor()
  expect(await row.getByText('New').count()).toBe(0)

  await page.getByRole('tab', { name: 'What you did' }).click()
  await page.getByRole('row', { name: /You imported Example 1\.0\.0/ }).waitFor()
  expect(await page.getByRole('row', { name: /Ada Admin/ }).count()).toBe(0)
  expect(page.url()).toBe(`${store.origin}/activity/mine`)
  await page
    .getByRole('row', { name: /You imported/ })
    .getByRole('link', { name: 'Example 1.0.0' })
    .click()
  await heading(page, 'Example').waitFor()
  expect(dana.complaints).toEqual([])
})

it('lets an administrator look for what was refused, by words and by day, page by page', async () => {
  const uri = await signInToApi(store.origin, 'uri')
  const refused = uri.client.deleteApp({ params: { appId: app.id } })
  await expect(refused).rejects.toMatchObject({ code: 'forbidden' })
  for (let round = 0; round < 30; round += 1)
    for (const visibility of ['PRIVATE', 'ALL_USERS'] as const)
      await developer.client.updateApp({ params: { appId: app.id }, body: { visibility } })

  await using admin = await visit(browser)
  const { page } = admin
  await signInAt(page, `${store.origin}/admin`, people.admin)
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Audit log' }).click()
  await heading(page, 'Audit log').waitFor()
  const rows = page.getByRole('table', { name: 'Audit log' }).getByRole('row')
  await rows.nth(50).waitFor()
  expect(await rows.count()).toBe(51)
  await page.getByRole('button', { name: 'Show older' }).click()
  await rows.nth(51).waitFor()
  await look(page, 'audit')

  await page.getByRole('combobox', { name: 'Outcome' }).click()
  await page.getByRole('option', { name: 'Refused or failed' }).click()
  const attempt = rows.filter({ hasText: /Uri User tried to delete Example 1\.0\.0/ })
  await attempt.getByText('forbidden').waitFor()
  await attempt.getByText('127.0.0.1').waitFor()
  expect(await attempt.getByRole('time').getAttribute('title')).toMatch(/:\d\d:\d\d/)
  await page.getByRole('searchbox', { name: 'Search the audit log' }).fill('dana')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing found').waitFor()
  await page.getByRole('searchbox', { name: 'Search the audit log' }).fill('uri delete')
  await page.keyboard.press('Enter')
  await attempt.waitFor()
  expect(new URL(page.url()).searchParams.get('search')).toBe('uri delete')
  await page.getByLabel('Until').fill('2020-01-01')
  await page.getByText('Nothing found').waitFor()
  await page.goBack()
  await attempt.waitFor()
  expect(admin.complaints).toEqual([])
})

it('shows nobody but administrators what everybody does', async () => {
  await using uri = await visit(browser)
  await signInAt(uri.page, `${store.origin}/admin/audit`, people.user)
  await heading(uri.page, 'Page not found').waitFor()
})
