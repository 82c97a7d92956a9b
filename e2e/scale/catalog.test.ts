import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Child, startChild } from '../../bench/child.ts'
import { openBrowser, people, signInAt, type Visitor, visit } from '../browser.ts'

/** The Catalog of a large company, and one that nobody would call large. */
const sizes = { large: { names: 40_000, versions: 100_000 }, small: { names: 400, versions: 1_000 } }
const rounds = 5

const unwind = new AsyncDisposableStack()
let browser: Browser
const stores = {} as Record<keyof typeof sizes, Catalog>
beforeAll(async () => {
  browser = unwind.adopt(await openBrowser(), (one) => one.close())
  for (const size of ['large', 'small'] as const) stores[size] = unwind.use(await openCatalog(sizes[size]))
})
afterAll(() => unwind.disposeAsync())

interface Catalog extends AsyncDisposable {
  page: Page
  complaints: string[]
}

async function openCatalog({ names, versions }: { names: number; versions: number }): Promise<Catalog> {
  const open = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'scale-'))
  open.defer(() => rm(dataDir, { recursive: true, force: true }))
  const port = await freePort()
  open.use((await startChild('store/catalog-process.ts', [port, dataDir, names, versions])) as Child<unknown>)
  const visitor: Visitor = open.use(await visit(browser))
  await signInAt(visitor.page, `http://localhost:${port}/catalog`, people.user)
  await tiles(visitor.page).first().waitFor()
  return { page: visitor.page, complaints: visitor.complaints, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

const tiles = (page: Page) => page.getByRole('region', { name: 'Apps' }).getByRole('heading', { level: 2 })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search the Catalog' })

it('leads to the last of 40,000 apps with a page that holds a few dozen', async () => {
  const { page, complaints } = stores.large
  await page.getByRole('region', { name: 'Apps' }).getByText('40,000 apps').waitFor()
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  const last = page.locator(`[aria-posinset="${sizes.large.names}"]`)
  await last.getByRole('heading', { level: 2 }).waitFor()
  expect(await page.getByRole('listitem').locator('article').count()).toBeLessThan(60)
  await last.getByRole('heading', { level: 2 }).getByRole('link').focus()
  await page.keyboard.press('Home')
  const first = page.locator('[aria-posinset="1"]').getByRole('heading', { level: 2 }).getByRole('link')
  await expect.poll(() => first.evaluate((link) => link === document.activeElement)).toBe(true)
  expect(complaints).toEqual([])
})

it('finds the one among 100,000 versions as it is typed', async () => {
  const { page, complaints } = stores.large
  await search(page).fill('')
  await search(page).pressSequentially('quicksilvr')
  await expect.poll(() => tiles(page).count()).toBe(1)
  await page.getByRole('region', { name: 'Apps' }).locator('mark', { hasText: 'quicksilver' }).first().waitFor()
  await search(page).fill('')
  expect(complaints).toEqual([])
})

it('scrolls and searches no less smoothly than a small Catalog', async () => {
  const taken = { large: [] as Frames[], small: [] as Frames[] }
  for (let round = 0; round < rounds; round++)
    for (const size of ['large', 'small'] as const) {
      const { page } = stores[size]
      await page.evaluate(() => window.scrollTo(0, 0))
      const scrolled = await framesOf(page, () => scrollDown(page))
      const searched = await framesOf(page, () => typeSearch(page))
      taken[size].push({ scrolled, searched })
    }
  for (const what of ['scrolled', 'searched'] as const) {
    const at = (size: keyof typeof sizes, share: number) =>
      median(taken[size].map((frames) => quantile(frames[what], share)))
    for (const size of ['large', 'small'] as const)
      console.log(
        `${what}, ${sizes[size].names} apps: frames p50 ${at(size, 0.5).toFixed(1)} ms, p95 ${at(size, 0.95).toFixed(1)} ms, ` +
          `longest ${at(size, 1).toFixed(1)} ms (medians of ${rounds} rounds)`,
      )
    const meanOf = (size: keyof typeof sizes) => median(taken[size].map((frames) => mean(frames[what])))
    expect(meanOf('large') / meanOf('small')).toBeLessThan(1.5)
  }
})

interface Frames {
  /** Between two frames each, in milliseconds. */
  scrolled: number[]
  searched: number[]
}

async function framesOf(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = []
    let last = performance.now()
    const note = (now: number) => {
      frames.push(now - last)
      last = now
      if (window.framesUnderWay) requestAnimationFrame(note)
    }
    window.framesUnderWay = frames
    requestAnimationFrame(note)
  })
  await work()
  return page.evaluate(() => {
    const frames = window.framesUnderWay ?? []
    delete window.framesUnderWay
    return frames.slice(1)
  })
}

declare global {
  interface Window {
    framesUnderWay?: number[]
  }
}

/** As by a wheel that is turned fast, a dozen windows far. */
async function scrollDown(page: Page): Promise<void> {
  await page.mouse.move(800, 500)
  for (let i = 0; i < 80; i++) await page.mouse.wheel(0, 120)
}

async function typeSearch(page: Page): Promise<void> {
  await search(page).pressSequentially('forecast', { delay: 60 })
  await page.getByRole('region', { name: 'Apps' }).locator('mark').first().waitFor()
  await search(page).fill('')
  await expect.poll(() => page.getByRole('region', { name: 'Apps' }).locator('mark').count()).toBe(0)
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: number[]): number {
  return quantile(values, 0.5)
}
