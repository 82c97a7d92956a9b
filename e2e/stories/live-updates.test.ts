import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestPerson } from '../../apps/server/src/testing/test-store.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { type LiveStore, startLiveStore } from '../live/live-store.ts'

let live: LiveStore
let browser: Browser
let person: TestPerson
beforeAll(async () => {
  ;[live, browser] = await Promise.all([startLiveStore(), openBrowser()])
  person = await live.store.as('dana')
})
afterAll(async () => {
  await browser.close()
  await live[Symbol.asyncDispose]()
})

const rowOf = (page: Page, title: string) => page.getByRole('row', { name: new RegExp(title) })

/** Requests that are under way or were made, by path. */
function watchRequests(context: BrowserContext) {
  const streams = new Set<object>()
  const reads: string[] = []
  const isStream = (url: string) => new URL(url).pathname === '/api/events'
  context.on('request', (request) => {
    if (isStream(request.url())) streams.add(request)
    else if (new URL(request.url()).pathname.startsWith('/api/instances')) reads.push(request.url())
  })
  const end = (request: object) => void streams.delete(request)
  context.on('requestfinished', end)
  context.on('requestfailed', end)
  return { streams, reads }
}

it('shows what happens elsewhere as it happens, over one connection and without asking', async () => {
  await using dana = await visit(browser)
  const { page, context } = dana
  const { streams, reads } = watchRequests(context)
  const told = page.waitForResponse(/\/api\/events$/)
  await signInAt(page, `${live.store.origin}/instances`, people.developer)
  await told
  await page.getByText('Nothing is running').waitFor()
  await expect.poll(() => reads.length).toBe(2)

  const { id } = await live.launch(person, { name: 'told', title: 'Told' })
  const row = rowOf(page, 'Told')
  await row.getByText('Running').waitFor()
  live.runtime.exit(id, { reason: 'exited', message: 'The app ended by itself.', code: 3 })
  await row.getByText(/Waiting after a crash|Failed/).waitFor()
  await person.client.restartInstance({ params: { instanceId: id } })
  await row.getByText('Running').waitFor()
  expect(reads.length).toBe(2)

  await row.getByRole('link', { name: 'Told', exact: true }).click()
  await page.getByRole('status').getByText('Running').waitFor()
  await expect.poll(() => streams.size).toBe(1)
  await person.client.suspendInstance({ params: { instanceId: id } })
  await page.getByRole('status').getByText('Asleep').waitFor()
  await person.client.terminateInstance({ params: { instanceId: id } })
  await page.getByRole('heading', { name: 'Instance not found' }).waitFor()
  await page.getByRole('link', { name: 'Catalog' }).first().click()
  await expect.poll(() => streams.size).toBe(0)
})

it('lets go of the connection while nobody looks, and is up to date when somebody does again', async () => {
  await using dana = await visit(browser)
  const { page, context } = dana
  const { streams } = watchRequests(context)
  await page.clock.install()
  await signInAt(page, `${live.store.origin}/instances`, people.developer)
  await expect.poll(() => streams.size).toBe(1)
  await lookAway(page, true)
  await page.clock.fastForward(20_000)
  await expect.poll(() => streams.size).toBe(0)
  const { id } = await live.launch(person, { name: 'unseen', title: 'Unseen' })
  await person.deployed(id)
  await lookAway(page, false)
  await rowOf(page, 'Unseen').getByText('Running').waitFor()
  await expect.poll(() => streams.size).toBe(1)
})

it('asks now and then while it is told nothing', async () => {
  await using dana = await visit(browser)
  const { page, context } = dana
  await context.route(/\/api\/events/, (route) => route.abort())
  await page.clock.install()
  await signInAt(page, `${live.store.origin}/instances`, people.developer)
  await page.getByRole('heading', { name: 'My Instances' }).waitFor()
  const { id } = await live.launch(person, { name: 'untold', title: 'Untold' })
  await person.deployed(id)
  await page.clock.fastForward(16_000)
  await rowOf(page, 'Untold').getByText('Running').waitFor()
})

/** As if another tab were shown. */
function lookAway(page: Page, isAway: boolean): Promise<void> {
  return page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    },
    isAway ? 'hidden' : 'visible',
  )
}
