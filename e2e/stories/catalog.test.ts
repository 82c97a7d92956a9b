import { manifestText, type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { look } from '../look.ts'

const count = 150

let store: RealStore
let browser: Browser
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_IMPORTS_PER_HOUR: '1000' }), openBrowser()])
  const { client, importBundle } = await signInToApi(store.origin, 'dana')
  for (let i = 1; i <= count; i++) {
    const number = String(i).padStart(3, '0')
    const app = `Title = "Report ${number}"\nDescription = "Füllstände of tank ${number}"`
    const { id } = await importBundle({ manifest: manifestText({ name: `many.${number}`, app }) })
    await client.updateApp({ params: { appId: id }, body: { visibility: 'ALL_USERS' } })
  }
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

const tiles = (page: Page) => page.getByRole('region', { name: 'Apps' }).getByRole('heading', { level: 2 })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search the Catalog' })
const marks = (page: Page) => page.getByRole('region', { name: 'Apps' }).locator('mark').allTextContents()

it('finds by beginnings and in spite of mistakes, and marks what it found', async () => {
  await using uri = await visit(browser)
  const { page } = uri
  await signInAt(page, `${store.origin}/catalog`, people.user)
  await tiles(page).first().waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('fullst 042')
  await expect.poll(() => tiles(page).allTextContents()).toEqual(['Report 042'])
  expect(await marks(page)).toEqual(['042', 'Füllst', '042'])
  await look(page, 'catalog-search')
  await search(page).fill('raport 007')
  await expect.poll(() => tiles(page).allTextContents()).toEqual(['Report 007'])
  await page.getByText('Nothing matches “raport 007” as it is written').waitFor()
  expect(await marks(page)).toEqual(['Report', '007', '007'])
  expect(uri.complaints).toEqual([])
})

it('keeps order and filters in the address, and clears them together', async () => {
  await using dana = await visit(browser)
  const { page } = dana
  await signInAt(page, `${store.origin}/catalog?sort=newest`, people.developer)
  await expect.poll(() => tiles(page).first().textContent()).toBe(`Report ${count}`)
  await page.getByRole('button', { name: 'Order: Newest' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Title' }).click()
  await expect.poll(() => tiles(page).first().textContent()).not.toBe(`Report ${count}`)
  expect(new URL(page.url()).search).toBe('')
  await page.getByRole('button', { name: 'My own' }).click()
  await expect.poll(() => tiles(page).first().textContent()).toBe('Report 001')
  await page.getByRole('region', { name: 'Apps' }).getByRole('link', { name: 'Dana Developer' }).first().click()
  await page.getByRole('button', { name: 'By Dana Developer', pressed: true }).waitFor()
  expect(new URL(page.url()).searchParams.has('owner')).toBe(true)
  await page.getByRole('button', { name: 'Running' }).click()
  await page.getByText('No app is here by that owner among those that run for you.').waitFor()
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await tiles(page).first().waitFor()
  expect(new URL(page.url()).search).toBe('')
  expect(dana.complaints).toEqual([])
})

it('goes on as one scrolls, and is at the same place on the way back', async () => {
  await using uri = await visit(browser)
  const { page } = uri
  await signInAt(page, `${store.origin}/catalog?search=report`, people.user)
  await tiles(page).first().waitFor()
  await page.mouse.move(700, 500)
  const down = async (title: string) => {
    await page.mouse.wheel(0, 2000)
    return page.getByRole('link', { name: title }).count()
  }
  await expect.poll(() => down(`Report ${count}`)).toBe(1)
  expect(await tiles(page).count()).toBeLessThan(count)
  await page.mouse.wheel(0, -1600)
  await expect.poll(() => page.getByRole('link', { name: 'Report 120' }).count()).toBe(1)
  await page.getByRole('link', { name: 'Report 120' }).scrollIntoViewIfNeeded()
  const place = await page.evaluate(() => window.scrollY)
  expect(place).toBeGreaterThan(2000)
  await page.getByRole('link', { name: 'Report 120' }).click()
  await page.getByRole('heading', { name: 'Report 120', level: 1 }).waitFor()
  await page.goBack()
  await page.getByRole('link', { name: 'Report 120' }).waitFor()
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(place)
  expect(uri.complaints).toEqual([])
})

it('is walked through with arrow keys and opened with Enter', async () => {
  await using uri = await visit(browser)
  const { page } = uri
  await signInAt(page, `${store.origin}/catalog?search=report`, people.user)
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await page.getByRole('link', { name: 'Report 001' }).focus()
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toBe('Report 002')
  await page.keyboard.press('ArrowDown')
  const below = await focused()
  expect(Number(below?.slice(-3))).toBeGreaterThan(3)
  await page.keyboard.press('ArrowUp')
  expect(await focused()).toBe('Report 002')
  await page.keyboard.press('End')
  await expect.poll(focused).toBe(`Report ${count}`)
  await page.mouse.move(700, 500)
  await page.mouse.wheel(0, -100_000)
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0)
  expect(await focused()).toBe(`Report ${count}`)
  await page.keyboard.press('Home')
  await expect.poll(focused).toBe('Report 001')
  await page.keyboard.press('ArrowLeft')
  expect(await focused()).toBe('Report 001')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Report 001', level: 1 }).waitFor()
})

it('changes who sees several of one’s apps, and deletes several, at once', async () => {
  await using dana = await visit(browser)
  const { page } = dana
  await signInAt(page, `${store.origin}/my-apps`, people.developer)
  const rowOf = (title: string) => page.getByRole('row').filter({ hasText: title })
  const bar = page.getByRole('toolbar', { name: 'With the chosen apps' })
  const choose = async () => {
    for (const title of ['Report 001', 'Report 002'])
      await rowOf(title)
        .getByRole('checkbox', { name: `Select ${title} 1.0.0` })
        .check({ force: true })
    await bar.getByText('2 apps chosen').waitFor()
  }
  await choose()
  await look(page, 'my-apps-chosen')
  expect(await bar.getByRole('button', { name: 'Show to all users' }).isDisabled()).toBe(true)
  await bar.getByRole('button', { name: 'Make private' }).click()
  await page.getByRole('dialog').getByText('Report 002 1.0.0').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Make private' }).click()
  await rowOf('Report 001').getByText('Private').waitFor()
  await rowOf('Report 002').getByText('Private').waitFor()
  await bar.waitFor({ state: 'detached' })
  await choose()
  await bar.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  for (const title of ['Report 001', 'Report 002']) await rowOf(title).waitFor({ state: 'detached' })
  expect(dana.complaints).toEqual([])
})
