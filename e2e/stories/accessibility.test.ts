import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
import { violationsOf } from '../axe.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'

let store: RealStore
let browser: Browser
let appId: string
let instanceId: string
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore(), openBrowser()])
  const { client, launch } = await signInToApi(store.origin, 'admin')
  const { items } = await client.listApps({ query: { search: 'hello' } })
  appId = items[0]!.id
  instanceId = (await launch(appId)).id
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

const pages = [
  '/home',
  '/catalog',
  '/catalog?search=hallo',
  '/apps/APP',
  '/apps/APP/versions',
  '/apps/APP/instances',
  '/apps/APP/bundle',
  '/apps/APP/statistics',
  '/apps/APP/settings',
  '/instances',
  '/instances/INSTANCE',
  '/instances/INSTANCE/logs',
  '/instances/INSTANCE/metrics',
  '/instances/INSTANCE/settings',
  '/my-apps',
  '/secrets',
  '/access',
  '/activity',
  '/admin/people',
  '/admin/accounts',
  '/admin/apps',
  '/admin/instances',
  '/admin/aliases',
  '/admin/tags',
  '/admin/environments',
  '/admin/secrets',
  '/admin/usage',
  '/admin/settings',
  '/admin/health',
  '/admin/clean-up',
  '/admin/audit',
  '/nowhere',
]

/** What opens a panel or a dialog, by where it stands. */
const openers = [
  ['/apps/APP', 'Run another'],
  ['/apps/APP/settings', 'Transfer app'],
  ['/apps/APP/settings', 'Delete app'],
  ['/my-apps', 'Import app'],
  ['/secrets', 'New secret'],
  ['/access', 'New token'],
  ['/admin/accounts', 'New account'],
  ['/admin/tags', 'New tag'],
  ['/admin/secrets', 'New shared secret'],
] as const

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('axe finds nothing on any page', async () => {
    await using admin = await visit(browser)
    const { page } = admin
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await signInAt(page, `${store.origin}/catalog`, people.admin)
    const found: Record<string, string[]> = {}
    for (const path of pages) {
      await page.goto(store.origin + path.replace('APP', appId).replace('INSTANCE', instanceId))
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      const violations = await violationsOf(page)
      if (violations.length > 0) found[path] = violations
    }
    expect(found).toEqual({})
  }, 120_000)

  it('axe finds nothing in panels and dialogs, and the focus goes back to what opened them', async () => {
    await using admin = await visit(browser)
    const { page } = admin
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await signInAt(page, `${store.origin}/catalog`, people.admin)
    const found: Record<string, string[]> = {}
    for (const [path, opener] of openers) {
      await page.goto(store.origin + path.replace('APP', appId).replace('INSTANCE', instanceId))
      const button = page.getByRole('main').getByRole('button', { name: opener, exact: true }).first()
      await button.click()
      await page.getByRole('dialog').getByRole('heading').first().waitFor()
      const violations = await violationsOf(page)
      if (violations.length > 0) found[`${path}: ${opener}`] = violations
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true)
    }
    expect(found).toEqual({})
  }, 120_000)
})
