import { manifestText, type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
import { violationsOf } from '../axe.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { look } from '../look.ts'

let store: RealStore
let browser: Browser
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

it('shows what needs one, what one uses and what is new, and follows it', async () => {
  const [dana, uri] = await Promise.all([signInToApi(store.origin, 'dana'), signInToApi(store.origin, 'uri')])
  await using visitor = await visit(browser)
  const { page } = visitor
  await signInAt(page, store.origin, people.user)
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/home')
  await page.getByText('Nothing is running').waitFor()
  await look(page, 'home-empty')

  const versionOf = async (version: string, title: string) => {
    const manifest = manifestText({ name: 'grows.older', version, app: `Title = "${title}"` })
    const { id: appId } = await dana.importBundle({ manifest, files: { 'app.py': 'raise SystemExit(3)\n' } })
    await dana.client.promoteApp({ params: { appId } })
    return appId
  }
  const { items } = await uri.client.listApps({ query: { search: 'hello' } })
  await uri.launch(items[0]!.id)
  await uri.client.launchInstance({ body: { appId: await versionOf('1.0.0', 'Ends at once') } })
  const used = page.getByRole('region', { name: 'What you use' })
  await used.getByRole('link', { name: 'Hello, instance', exact: true }).waitFor()
  const needs = page.getByRole('region', { name: 'What needs you' })
  await needs.getByText('Failed:').waitFor()
  const newAppId = await versionOf('2.0.0', 'Ends later')
  await page.reload()
  await needs.getByRole('link', { name: 'See 2.0.0' }).waitFor()
  const fresh = page.getByRole('region', { name: 'New in the Catalog' })
  await expect.poll(() => fresh.getByRole('heading', { level: 2 }).allTextContents()).toContain('Ends later')
  await look(page, 'home')
  expect(await violationsOf(page)).toEqual([])
  await needs.getByRole('link', { name: 'See 2.0.0' }).click()
  await page.getByRole('heading', { name: 'Ends later', level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/apps/${newAppId}`)
  expect(visitor.complaints).toEqual([])
})

it('leads anywhere from the keyboard', async () => {
  await using admin = await visit(browser)
  const { page } = admin
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signInAt(page, `${store.origin}/catalog`, people.admin)
  const search = page.getByRole('combobox', { name: 'Go to a page, an instance or an app' })
  const openAndType = async (text: string) => {
    await page.keyboard.press('Control+k')
    await search.waitFor()
    await expect.poll(() => search.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type(text)
  }
  await page.getByRole('heading', { name: 'Catalog', level: 1 }).waitFor()
  await openAndType('audit')
  await page.getByRole('option', { name: /Audit log/, selected: true }).waitFor()
  expect(await page.getByRole('option').count()).toBe(1)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor()

  await openAndType('hello')
  await page
    .getByRole('option', { name: /^Hello, instance/ })
    .first()
    .waitFor()
  await look(page, 'palette')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Hello, instance', level: 1 }).waitFor()
  await openAndType('no such thing anywhere')
  await page.getByText('Nothing is called like that.').waitFor()
  await page.keyboard.press('Escape')
  await search.waitFor({ state: 'detached' })
  expect(admin.complaints).toEqual([])
})
