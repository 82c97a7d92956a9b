import { manifestText, type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiPerson, signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { look } from '../look.ts'

let store: RealStore
let browser: Browser
let dana: ApiPerson
let uri: ApiPerson
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore(), openBrowser()])
  ;[dana, uri] = await Promise.all([signInToApi(store.origin, 'dana'), signInToApi(store.origin, 'uri')])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

it('finds somebody’s instance among everybody’s, and ends it', async () => {
  const { items } = await uri.client.listApps({ query: { search: 'hello' } })
  const [mine] = await Promise.all([uri.launch(items[0]!.id), dana.launch(items[0]!.id)])
  await using admin = await visit(browser)
  const { page } = admin
  await signInAt(page, `${store.origin}/admin/instances`, people.admin)
  const rows = page.getByRole('table', { name: 'All instances' }).getByRole('row')
  await expect.poll(() => rows.count()).toBe(3)
  await look(page, 'admin-instances')
  await page.getByRole('searchbox', { name: 'Filter instances' }).fill('uri@')
  await expect.poll(() => rows.count()).toBe(2)
  expect(new URL(page.url()).search).toBe('?search=uri%40')
  await page.getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Failed' }).click()
  await page.getByText('None of 2 is like that.').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(() => rows.count()).toBe(3)

  await page.getByRole('searchbox', { name: 'Filter instances' }).fill('uri')
  await expect.poll(() => rows.count()).toBe(2)
  await page.getByRole('checkbox', { name: /^Select Hello, instance/ }).check({ force: true })
  await page.getByRole('toolbar').getByRole('button', { name: 'Terminate' }).click()
  const dialog = page.getByRole('dialog', { name: 'Terminate 1 instance?' })
  await dialog.getByLabel('Type “terminate 1” to confirm').fill('terminate 1')
  await dialog.getByRole('button', { name: 'Terminate' }).click()
  await page.getByText('1 instance terminated.').waitFor()
  await expect
    .poll(async () => (await uri.client.listInstances({})).items.map(({ id }) => id), { timeout: 20_000 })
    .not.toContain(mine.id)
  expect((await uri.client.getSession()).unseenNews).toBe(1)
  expect(admin.complaints).toEqual([])
})

it('gives the app of somebody who left to somebody else', async () => {
  const manifest = manifestText({ name: 'left.behind', app: 'Title = "Left behind"' })
  const { id: appId } = await dana.importBundle({ manifest })
  await using admin = await visit(browser)
  const { page } = admin
  await signInAt(page, `${store.origin}/admin/apps`, people.admin)
  await page.getByRole('searchbox', { name: 'Search all apps' }).fill('left')
  await page.keyboard.press('Enter')
  const rows = page.getByRole('table', { name: 'All apps' }).getByRole('row')
  await expect.poll(() => rows.count()).toBe(2)
  await page.getByRole('cell', { name: 'Dana Developer' }).waitFor()
  await look(page, 'admin-apps')
  await page.getByRole('link', { name: 'Left behind' }).click()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Transfer app' }).click()
  const panel = page.getByRole('dialog', { name: 'Transfer Left behind' })
  await panel.getByRole('combobox', { name: 'New owner' }).fill('uri')
  await page.getByRole('option', { name: /Uri/ }).click()
  await look(page, 'transfer-app')
  await panel.getByRole('button', { name: 'Transfer' }).click()
  await page.getByText(/^Left behind belongs to Uri/).waitFor()
  const { items } = await uri.client.listApps({ query: { scope: 'mine' } })
  expect(items.map(({ id }) => id)).toEqual([appId])
  expect(admin.complaints).toEqual([])
})
