import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
import { violationsOf } from '../axe.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { everyPage, openers, pathTo } from '../every-page.ts'

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

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('axe finds nothing on any page', async () => {
    await using admin = await visit(browser)
    const { page } = admin
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await signInAt(page, `${store.origin}/catalog`, people.admin)
    const found: Record<string, string[]> = {}
    for (const path of everyPage) {
      await page.goto(store.origin + pathTo(path, { appId, instanceId }))
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
      await page.goto(store.origin + pathTo(path, { appId, instanceId }))
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
