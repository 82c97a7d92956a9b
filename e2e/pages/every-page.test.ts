import { gzipSync } from 'node:zlib'
import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { everyPage, pathTo } from '../every-page.ts'
import { look } from '../look.ts'

const firstLoadBytes = 200_000

let store: RealStore
let browser: Browser
let things: { appId: string; instanceId: string }
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore(), openBrowser()])
  const { client, launch } = await signInToApi(store.origin, 'admin')
  const { items } = await client.listApps({ query: { search: 'hello' } })
  const appId = items[0]!.id
  things = { appId, instanceId: (await launch(appId)).id }
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

it('fits every page into every width, from a phone to a wall, and at 200 % zoom', async () => {
  await using admin = await visit(browser)
  const { page } = admin
  await signInAt(page, `${store.origin}/catalog`, people.admin)
  for (const path of everyPage) {
    await page.goto(store.origin + pathTo(path, things))
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await look(page, `page${path.replaceAll(/\W+/g, '-').toLowerCase()}`)
  }
  expect(admin.strayRequests).toEqual([])
}, 180_000)

describe('the first load of the Catalog', () => {
  it('is at most 200 kB of JavaScript, compressed, and asks no other host', async () => {
    await using uri = await visit(browser)
    const { page } = uri
    await signInAt(page, `${store.origin}/catalog`, people.user)
    await page.getByRole('link', { name: 'Hello, instance' }).waitFor()
    const scripts = new Map<string, { sent: number; zipped: number; encoding: string | undefined }>()
    page.on('response', async (response) => {
      if (!new URL(response.url()).pathname.endsWith('.js')) return
      const body = await response.body()
      const { responseBodySize } = await response.request().sizes()
      const encoding = response.headers()['content-encoding']
      scripts.set(response.url(), { sent: responseBodySize, zipped: gzipSync(body).length, encoding })
    })
    const session = await page.context().newCDPSession(page)
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'Hello, instance' }).waitFor()
    const all = [...scripts.values()]
    const sum = (of: 'sent' | 'zipped') => all.reduce((total, script) => total + script[of], 0)
    expect(all.length).toBeGreaterThan(3)
    expect(sum('zipped')).toBeLessThan(firstLoadBytes)
    expect(sum('sent')).toBeLessThan(firstLoadBytes)
    expect(all.filter(({ encoding }) => encoding !== 'br').length).toBeLessThanOrEqual(1)
    expect(uri.strayRequests).toEqual([])
  })
})

describe('by the keyboard alone', () => {
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement!
      // Of a field what is seen is what it stands in, of a radio button its label.
      const drawn = element.matches('input')
        ? [element, element.parentElement!, element.nextElementSibling ?? element]
        : [element]
      const isSeen = drawn.some((one) =>
        [undefined, '::before', '::after'].some((part) => {
          const { outlineStyle, borderStyle } = getComputedStyle(one, part)
          return outlineStyle !== 'none' || (part !== undefined && borderStyle !== 'none')
        }),
      )
      return {
        text: element.textContent ?? '',
        isSeen,
        isElsewhere: element === document.body,
        html: element.outerHTML,
      }
    })

  it('one finds an app, runs it and ends it, and sees all the way where one is', async () => {
    await using uri = await visit(browser)
    const { page } = uri
    await signInAt(page, `${store.origin}/catalog`, people.user)
    await page.getByRole('link', { name: 'Hello, instance' }).waitFor()
    const tabTo = async (text: string | RegExp) => {
      for (let count = 0; count < 80; count++) {
        await page.keyboard.press('Tab')
        const now = await focused(page)
        if (now.isElsewhere) continue
        expect(now.isSeen, now.html).toBe(true)
        if (typeof text === 'string' ? now.text.endsWith(text) : text.test(now.text)) return
      }
      throw new Error(`Tab does not come to ${text}`)
    }
    await page.keyboard.press('/')
    await page.keyboard.type('hello')
    await expect.poll(() => page.getByRole('region', { name: 'Apps' }).getByRole('heading').count()).toBe(1)
    await tabTo('Hello, instance')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Hello, instance', level: 1 }).waitFor()
    await tabTo('Run')
    const opened = page.context().waitForEvent('page')
    await page.keyboard.press('Enter')
    await (await opened).close()
    await page.getByRole('link', { name: 'Instance, logs and settings' }).waitFor()
    await tabTo('Instance, logs and settings')
    await page.keyboard.press('Enter')
    await page.getByText('Running').first().waitFor()
    await page.getByRole('tab', { name: 'Settings' }).waitFor()
    await tabTo('Overview')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await tabTo(/^.?Terminate/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('textbox').waitFor()
    const typed = await page
      .getByRole('dialog')
      .getByText(/^Type “/)
      .textContent()
    await page.keyboard.type(/“(.*)”/.exec(typed ?? '')?.[1] ?? '')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/instances$/)
    expect(uri.complaints).toEqual([])
  })
})

/** What is no text of the page: names, addresses, sizes and times, the guide's categories, what the server says of itself. */
const data = [
  /^(title: )?[A-Z][a-z]{2} \d+, \d{4}, /,
  /^(placeholder: )?[\d.]+ (bytes|[KMGT]iB)( of [\d.]+ [KMGT]iB)?$/,
  /^(Data Science|Other)$/,
  /^\d+:\d+ [AP]M$/,
  /^(just now|yesterday|\d+ \w+ ago)$/,
  /^(Ada Admin|admin|\w+@example\.com|wave\.samples\.[\w-]+)$/,
  /^(https?:\/\/)?[\w*-]*\.?localhost:\d+/,
  /^((aria-label|title): )?(app\.toml|node|[\da-f]{32}|Mozilla\/.*)$/,
  /^# Constraints that the platform adds/,
  /^(# launcher:|\d{4}-\d\d-\d\d )/,
  /^(SQLite|Driver process|Development accounts sign in|Every value can be opened|\d+ running,|\d+ environment|[\d.]+ [MGT]iB of|\d+ versions? can|http:\/\/localhost)/,
]

it('says nothing that cannot be translated', async () => {
  await using admin = await visit(browser)
  const { page } = admin
  await signInAt(page, `${store.origin}/catalog`, people.admin)
  await page.evaluate(() => localStorage.setItem('wave-store:language', 'en-XA'))
  const found: Record<string, string[]> = {}
  for (const path of everyPage) {
    await page.goto(store.origin + pathTo(path, things))
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    const texts = (await unmarkedTexts(page)).filter((text) => !data.some((one) => one.test(text)))
    if (texts.length > 0) found[path] = texts
  }
  expect(found).toEqual({})
}, 120_000)

async function unmarkedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = new Set<string>()
    const walker = document.createTreeWalker(document.getElementById('root')!, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const parent = node.parentElement!
      if (!/[A-Za-z]{2}/.test(text) || text.includes('⟦') || parent.closest('code, pre, [dir=auto], [role=log], i'))
        continue
      if (parent.closest('p, li, td, dd')?.textContent?.includes('⟦')) continue
      texts.add(text)
    }
    for (const element of document.querySelectorAll('#root [aria-label], #root [title], #root [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) {
        const text = element.getAttribute(name)
        if (text && /[A-Za-z]{2}/.test(text) && !text.includes('⟦')) texts.add(`${name}: ${text}`)
      }
    return [...texts]
  })
}
