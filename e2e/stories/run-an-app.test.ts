import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { look } from '../look.ts'
import { indexIsReachable } from '../package-index.ts'
import { pressRun } from '../press-run.ts'
import { screenshot } from '../screenshot.ts'
import { terminate } from '../terminate.ts'
import { within } from '../within.ts'

let store: RealStore
let browser: Browser
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

/** Presses Run on the app's page and returns the tab that opens. */
async function run(page: Page, title: string): Promise<Page> {
  await page.goto(`${store.origin}/catalog`)
  await page.getByRole('link', { name: title, exact: true }).click()
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  return pressRun(page, title)
}

describe('an app without packages', () => {
  it('is run under a name of one’s choice, open to all users', async () => {
    await using uri = await visit(browser)
    const { page } = uri
    await signInAt(page, `${store.origin}/catalog`, people.user)
    await page.getByRole('link', { name: 'Hello, instance', exact: true }).click()
    await page.getByRole('button', { name: 'Run with choices' }).click()
    const panel = page.getByRole('dialog', { name: 'Run Hello, instance' })
    await panel.getByRole('radio', { name: 'All users' }).check()
    await panel.getByLabel('Name in its address').fill('hello-there')
    await look(page, 'run-with-choices')
    const [app] = await Promise.all([
      uri.context.waitForEvent('page'),
      panel.getByRole('button', { name: 'Run', exact: true }).click(),
    ])
    await app.waitForURL(/^https?:\/\/hello-there\.(localhost|apps\.test):/)
    await app.getByText('Hello from your own instance').first().waitFor()
    await panel.waitFor({ state: 'detached' })
    await within('bringing the page to the front', page.bringToFront())
    await page.goto(`${store.origin}/instances`)
    await page
      .getByRole('row', { name: /Hello, instance/ })
      .getByText('All users')
      .waitFor()

    await page.goto(`${store.origin}/catalog`)
    await page.getByRole('link', { name: 'Hello, instance', exact: true }).click()
    await page.getByRole('button', { name: 'Run another' }).click()
    await panel.getByLabel('Name in its address').fill('hello-there')
    await panel.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText(/is starting in a new tab, but not as hello-there: /).waitFor()
    const { client } = await signInToApi(store.origin, 'uri')
    const { items } = await client.listInstances({ query: { scope: 'mine' } })
    expect(items).toHaveLength(2)
    for (const { id } of items) await client.terminateInstance({ params: { instanceId: id } })
  })

  it('is run, waited for, used, read in its logs and terminated', async () => {
    await using uri = await visit(browser)
    await signInAt(uri.page, `${store.origin}/catalog`, people.user)
    const app = await run(uri.page, 'Hello, instance')
    await app.waitForURL(/^https?:\/\/[0-9a-f-]{36}\.(localhost|apps\.test):/)
    await app.getByRole('heading', { level: 1 }).waitFor()
    await app.getByText('Hello from your own instance').first().waitFor()
    await screenshot(app, 'hello')
    const cookies = await uri.context.cookies(app.url())
    expect(cookies.find((cookie) => cookie.name === '__Host-wave-ticket')).toMatchObject({
      httpOnly: true,
      secure: true,
    })
    expect(await app.content()).not.toContain('__Host-wave')

    await uri.page.bringToFront()
    await uri.page.goto(`${store.origin}/instances`)
    const row = uri.page.getByRole('row', { name: /Hello, instance/ })
    await row.getByText('Running').waitFor()
    await screenshot(uri.page, 'my-instances')
    await row.getByRole('link', { name: 'Hello, instance', exact: true }).click()
    await uri.page.getByRole('tab', { name: 'Logs' }).click()
    await uri.page
      .getByText(/GET \//)
      .first()
      .waitFor()
    await screenshot(uri.page, 'logs')

    const address = app.url()
    await terminate(uri.page, store.origin, 'Hello, instance')
    expect((await app.goto(address))?.status()).toBe(404)
    expect(uri.strayRequests).toEqual([])
  })

  it('keeps path, query and fragment through sign-in at the instance’s own address', async () => {
    await using uri = await visit(browser)
    await signInAt(uri.page, `${store.origin}/catalog`, people.user)
    const app = await run(uri.page, 'Hello, instance')
    await app.getByText('Hello from your own instance').first().waitFor()
    const deep = new URL('?from=mail#facts', app.url()).href

    await using later = await visit(browser)
    await signInAt(later.page, deep, people.user)
    await later.page.getByText('Hello from your own instance').first().waitFor()
    expect(later.page.url()).toBe(deep)

    await using stranger = await visit(browser)
    await signInAt(stranger.page, deep, people.developer)
    await expect.poll(() => stranger.page.content()).toMatch(/not found|there is no/i)
    expect(await stranger.page.content()).not.toContain('Hello from your own instance')
    await terminate(uri.page, store.origin, 'Hello, instance')
  })
})

describe('the Wave sample', () => {
  it.skipIf(!indexIsReachable)('answers a click over its WebSocket (needs the Python package index)', async () => {
    await using uri = await visit(browser)
    await signInAt(uri.page, `${store.origin}/catalog`, people.user)
    const title = 'Wave tour: a roof in the sun'
    const app = await run(uri.page, title)
    await app.getByText('Installing').first().waitFor()
    await screenshot(app, 'waiting-room')
    const sentence = app.getByText('Story roof').first()
    await app.getByLabel('Name').fill('Story roof', { timeout: 120_000 })
    expect(await sentence.isVisible()).toBe(false)
    await app.getByRole('button', { name: 'Estimate' }).click()
    await sentence.waitFor()
    await screenshot(app, 'wave-tour')
    await terminate(uri.page, store.origin, title)
  })
})
