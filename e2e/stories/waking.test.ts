import { fileURLToPath } from 'node:url'
import type { Instance } from '@wave-store/contract'
import { eventually, type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiPerson, signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { screenshot } from '../screenshot.ts'

const bundle = fileURLToPath(new URL('../bundles/keeps-things/', import.meta.url))

let store: RealStore
let browser: Browser
let dana: ApiPerson
let instance: Instance
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_SAMPLES: 'false' }), openBrowser()])
  dana = await signInToApi(store.origin, 'dana')
  instance = await dana.launch(bundle)
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

const status = async () => (await dana.client.getInstance({ params: { instanceId: instance.id } })).status

async function suspend() {
  await dana.client.suspendInstance({ params: { instanceId: instance.id } })
  expect(await status()).toBe('SUSPENDED')
}

const attempts = (page: Page) => page.evaluate('attempts') as Promise<number>

/** Has the app's page reload as a forgotten tab would: whatever asks a page from here counts as a press of a key in it. */
async function reloadByItself(page: Page) {
  const reloaded = page.waitForResponse((response) => response.request().isNavigationRequest(), { timeout: 30_000 })
  await suspend()
  expect((await reloaded).status()).toBe(503)
}

describe('a sleeping instance', () => {
  it('is not woken by a forgotten tab, and by its person who presses the link', async () => {
    await using visitor = await visit(browser)
    const { page } = visitor
    const deep = new URL('/deep/page?a=1&reloads', instance.url).href
    await signInAt(page, deep, people.developer)
    await page.getByText('/deep/page?a=1').first().waitFor()
    expect(await attempts(page)).toBe(1)
    await suspend()
    await expect.poll(() => attempts(page), { timeout: 20_000 }).toBeGreaterThan(4)
    expect(await page.evaluate("fetch('/api').then((answer) => answer.status)")).toBe(503)
    expect(await status()).toBe('SUSPENDED')
    await dana.client.resumeInstance({ params: { instanceId: instance.id } })
    await page.goto(deep)
    await page.getByText('/deep/page?a=1').first().waitFor()

    await reloadByItself(page)
    await page.getByRole('heading', { name: 'Keeps things is asleep' }).waitFor()
    await screenshot(page, 'asleep')
    expect(await status()).toBe('SUSPENDED')
    await page.getByRole('link', { name: 'Wake it' }).click()
    await page.getByText('/deep/page?a=1').first().waitFor()
    expect(page.url()).toBe(deep)
    expect(await status()).toBe('DEPLOYED')
  })

  it('wakes for who opens a deep link, which becomes the app without a click', async () => {
    await suspend()
    await using visitor = await visit(browser)
    const { page } = visitor
    const deep = new URL('/deep/page?a=1&b=%20#part', instance.url).href
    await signInAt(page, deep, people.developer)
    await page.getByText(`This is ${instance.id}`).waitFor()
    expect(page.url()).toBe(deep)
    await suspend()
    await page.goto('about:blank')
    await page.goto(deep)
    await page.getByText(`This is ${instance.id}`).waitFor()
    expect(page.url()).toBe(deep)
    expect(await page.locator('#path').textContent()).toBe('/deep/page?a=1&b=%20')
  })

  it('says so where it stands open, and goes on when somebody else wakes it', async () => {
    await suspend()
    await using visitor = await visit(browser)
    const { page } = visitor
    await signInAt(page, `${store.origin}/instances`, people.developer)
    await page.goto(new URL('/?reloads', instance.url).href)
    await page.getByText(`This is ${instance.id}`).waitFor()
    await reloadByItself(page)
    await page.getByRole('heading', { name: 'Keeps things is asleep' }).waitFor()
    await dana.client.resumeInstance({ params: { instanceId: instance.id } })
    await page.getByText(`This is ${instance.id}`).waitFor()
    await eventually(async () => expect(await status()).toBe('DEPLOYED'))
    expect(visitor.complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([])
  })
})
