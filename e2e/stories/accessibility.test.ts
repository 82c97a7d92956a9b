import { type RealStore, startRealStore } from '@wave-store/testing'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
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
  '/catalog',
  '/catalog?search=hallo',
  '/apps/APP',
  '/apps/APP/versions',
  '/apps/APP/instances',
  '/apps/APP/bundle',
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
  '/admin/accounts',
  '/admin/tags',
  '/admin/environments',
  '/admin/secrets',
  '/admin/usage',
  '/admin/audit',
  '/nowhere',
]

/** What axe finds, each with where. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document))
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  )
}

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
      await expect.poll(() => page.locator('[aria-busy=true], .ms-Shimmer-container').count()).toBe(0)
      const violations = await violationsOf(page)
      if (violations.length > 0) found[path] = violations
    }
    expect(found).toEqual({})
  }, 120_000)
})
