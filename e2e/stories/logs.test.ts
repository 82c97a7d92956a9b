import { readFile } from 'node:fs/promises'
import type { Instance } from '@wave-store/contract'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { type LiveStore, startLiveStore } from '../live/live-store.ts'
import { look } from '../look.ts'

const kept = 100_000
const esc = '\u001b'

let live: LiveStore
let browser: Browser
beforeAll(async () => {
  ;[live, browser] = await Promise.all([startLiveStore(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await live[Symbol.asyncDispose]()
})

async function launched(name: string, title: string): Promise<Instance> {
  const dana = await live.store.as('dana')
  const { id } = await live.launch(dana, { name, title })
  return dana.deployed(id)
}

async function openLog(page: Page, { id, app }: Instance): Promise<Locator> {
  await signInAt(page, `${live.store.origin}/instances/${id}/logs`, people.developer)
  const log = page.getByRole('region', { name: `Log of ${app.title}` })
  await log.waitFor()
  return log
}

function print(id: string, from: number, count: number): void {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = from + index
    return `2026-05-04 12:00:00 INFO row ${number}${number % 10_000 === 0 ? ' milestone' : ''}\n`
  })
  live.runtime.print(id, lines.join(''))
}

const row = (log: Locator, number: number) => log.getByText(new RegExp(`row ${number}\\b`))

it('stays usable with two million lines, and says how many it keeps', async () => {
  const instance = await launched('flood', 'Flood')
  await using dana = await visit(browser)
  const { page } = dana
  const log = await openLog(page, instance)
  await page.getByText('Live').waitFor()
  const total = 2_000_000
  for (let from = 0; from < total; from += 250_000) print(instance.id, from, 250_000)
  await page
    .getByText(`the ${(total - kept).toLocaleString('en')} before them are in the download`)
    .waitFor({ timeout: 90_000 })
  await row(log, total - 1).waitFor()
  expect(await log.locator('*').count()).toBeLessThan(1_000)

  await page.getByRole('searchbox', { name: 'Search the log' }).pressSequentially('Milestone')
  await page.getByText('1 of 10 lines').waitFor()
  await row(log, total - kept).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('2 of 10 lines').waitFor()
  await log.locator('mark').filter({ hasText: 'milestone' }).first().waitFor()
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+Enter')
  await page.getByText('10 of 10 lines').waitFor()
  await row(log, total - 10_000).waitFor()

  await log.focus()
  await page.keyboard.press('Home')
  await row(log, total - kept).waitFor()
  await page.keyboard.press('End')
  await row(log, total - 1).waitFor()
  expect(await log.locator('*').count()).toBeLessThan(1_000)
})

it('stands still while it is read, tells of new lines, follows again, pauses', async () => {
  const instance = await launched('talker', 'Talker')
  print(instance.id, 0, 3_000)
  await using dana = await visit(browser)
  const { page } = dana
  const log = await openLog(page, instance)
  await row(log, 2_999).waitFor()
  await log.evaluate((view) => view.scrollTo(0, view.scrollHeight / 2))
  await expect.poll(() => row(log, 2_999).count()).toBe(0)
  const read = await topRow(log)
  print(instance.id, 3_000, 12)
  const pill = page.getByRole('button', { name: '12 new lines' })
  await pill.waitFor()
  expect(await topRow(log)).toBe(read)
  await pill.click()
  await row(log, 3_011).waitFor()
  await pill.waitFor({ state: 'detached' })
  print(instance.id, 3_012, 1)
  await row(log, 3_012).waitFor()

  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  print(instance.id, 3_013, 5)
  await page.getByText('Paused, 5 lines waiting').waitFor()
  expect(await row(log, 3_017).count()).toBe(0)
  await page.getByRole('button', { name: 'Go on' }).click()
  await row(log, 3_017).waitFor()
})

it('shows colours, breaks long lines, and takes nothing of a log for the page’s own', async () => {
  const instance = await launched('painter', 'Painter')
  const long = 'word '.repeat(200)
  live.runtime.print(
    instance.id,
    [
      `${esc}[1;31mred and bold${esc}[0m plain ${esc}[38;5;208morange${esc}[0m ${esc}[48;2;20;40;60mon blue${esc}[0m`,
      'ERROR: it went wrong',
      'WARNING: it nearly did',
      '<img src="x" onerror="document.title=\'taken\'">',
      'مرحبا بالعالم',
      long,
      '',
    ].join('\n'),
  )
  await using dana = await visit(browser)
  const { page } = dana
  const log = await openLog(page, instance)
  await log.getByText('red and bold').waitFor()
  await log.getByText('<img src="x"').waitFor()
  expect(await log.locator('img').count()).toBe(0)
  const weight = await log.getByText('red and bold').evaluate((element) => getComputedStyle(element).fontWeight)
  expect(weight).toBe('700')
  const colourOf = (text: string) => log.getByText(text).evaluate((element) => getComputedStyle(element).color)
  expect(await colourOf('orange')).not.toBe(await colourOf('plain'))
  const tooWide = () => log.evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(await tooWide()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Wrap' }).click()
  await expect.poll(tooWide).toBe(0)
  await look(page, 'log')
  expect(await page.title()).toContain('Painter')
})

it('shows and hands over the whole log of the process before', async () => {
  const instance = await launched('restarter', 'Restarter')
  live.runtime.print(instance.id, 'the first process\n')
  const person = await live.store.as('dana')
  await person.client.restartInstance({ params: { instanceId: instance.id } })
  await person.deployed(instance.id)
  live.runtime.print(instance.id, 'the second process\n')
  await using dana = await visit(browser)
  const { page } = dana
  const log = await openLog(page, instance)
  await log.getByText('the second process').waitFor()
  await page.getByRole('combobox', { name: 'Process' }).click()
  await page.getByRole('option', { name: 'Previous process' }).click()
  await log.getByText('the first process').waitFor()
  expect(await log.getByText('the second process').count()).toBe(0)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^restarter-1\.0\.0-[0-9a-f]{8}-previous\.log$/)
  expect(await readFile(await download.path(), 'utf8')).toBe('the first process\n')
})

/** The first row that can be read at the top of the view. */
function topRow(log: Locator): Promise<string | null> {
  return log.evaluate((view) => {
    const { top } = view.getBoundingClientRect()
    const rows = [...view.querySelectorAll('[data-index]')]
    return rows.find((one) => one.getBoundingClientRect().top >= top)?.textContent ?? null
  })
}
