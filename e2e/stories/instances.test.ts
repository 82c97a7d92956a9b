import type { Instance } from '@wave-store/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestPerson } from '../../apps/server/src/testing/test-store.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { type LiveStore, startLiveStore } from '../live/live-store.ts'
import { look } from '../look.ts'

const minuteMs = 60_000
const withVolume = 'VolumeMount = "/data"\nVolumeSize = "1Gi"'

let live: LiveStore
let browser: Browser
let person: TestPerson
beforeAll(async () => {
  ;[live, browser] = await Promise.all([startLiveStore({ WAVE_STORE_INSTANCES_PER_USER: '50' }), openBrowser()])
  person = await live.store.as('dana')
})
afterAll(async () => {
  await browser.close()
  await live[Symbol.asyncDispose]()
})

async function running(name: string, title: string, runtime = ''): Promise<Instance> {
  const { id } = await live.launch(person, { name, title, app: 'InstanceTimeout = "8h"', runtime })
  return person.deployed(id)
}

const visitDana = async (path: string) => {
  const dana = await visit(browser)
  await signInAt(dana.page, `${live.store.origin}${path}`, people.developer)
  return dana
}
const rowOf = (page: Page, title: string) => page.getByRole('row', { name: new RegExp(title) })
const dialogOf = (page: Page) => page.getByRole('dialog')

it('pauses an instance after saying what is lost and what stays, and wakes it again', async () => {
  await running('sleeper', 'Sleeper', withVolume)
  await using dana = await visitDana('/instances')
  const { page } = dana
  const row = rowOf(page, 'Sleeper')
  await row.getByText('Running').waitFor()
  await row.getByText('sleeps in 8 h').waitFor()
  await row.getByRole('button', { name: 'Pause Sleeper' }).click()
  await dialogOf(page).getByText('files outside /data, are lost').waitFor()
  await dialogOf(page).getByText('its volume /data (1 GiB) stay').waitFor()
  await dialogOf(page).getByRole('button', { name: 'Pause' }).click()
  await row.getByText('Asleep').waitFor({ timeout: 40_000 })
  await row.getByText('paused just now').waitFor()
  await row.getByRole('link', { name: 'Sleeper', exact: true }).click()
  await page.getByText('because somebody who may paused it').waitFor()
  await page.getByRole('button', { name: 'Resume Sleeper' }).first().click()
  await page.getByRole('status').getByText('Running').waitFor({ timeout: 40_000 })
})

it('does one thing with several, names what each loses, and tells with which it went wrong', async () => {
  const [first, second] = [await running('bulk-one', 'Bulk one'), await running('bulk-two', 'Bulk two', withVolume)]
  await using dana = await visitDana('/instances')
  const { page } = dana
  for (const title of ['Bulk one', 'Bulk two'])
    await rowOf(page, title)
      .getByRole('checkbox', { name: `Select ${title}` })
      .check({ force: true })
  const bar = page.getByRole('toolbar', { name: 'With the chosen instances' })
  await bar.getByText('2 instances chosen').waitFor()
  expect(await bar.getByRole('button', { name: 'Resume' }).isDisabled()).toBe(true)
  await bar.getByRole('button', { name: 'Pause' }).click()
  await dialogOf(page).getByText('Bulk one 1.0.0 keeps no file').waitFor()
  await dialogOf(page).getByText('Bulk two 1.0.0 keeps its volume /data (1 GiB)').waitFor()
  await person.client.terminateInstance({ params: { instanceId: first.id } })
  await dialogOf(page).getByRole('button', { name: 'Pause' }).click()
  await dialogOf(page).getByText('1 of 2 paused').waitFor()
  await dialogOf(page)
    .getByText(/Bulk one 1\.0\.0: /)
    .waitFor()
  await dialogOf(page).getByRole('button', { name: 'Close' }).last().click()

  await rowOf(page, 'Bulk two').getByRole('checkbox').check({ force: true })
  await bar.getByRole('button', { name: 'Terminate' }).click()
  await dialogOf(page).getByText('loses its volume /data (1 GiB)').waitFor()
  const confirm = dialogOf(page).getByRole('button', { name: 'Terminate' })
  expect(await confirm.isDisabled()).toBe(true)
  await dialogOf(page).getByRole('textbox').fill('terminate 1')
  await confirm.click()
  await rowOf(page, 'Bulk two').waitFor({ state: 'detached', timeout: 40_000 })
  await expect(person.client.getInstance({ params: { instanceId: second.id } })).rejects.toThrow()
})

it('says when an instance sleeps and why, and keeps it awake for longer', async () => {
  const { id } = await running('waker', 'Waker')
  await using dana = await visitDana(`/instances/${id}`)
  const { page } = dana
  await page.getByText('after 8 h without a request or a WebSocket with traffic, as its app says').waitFor()
  await page.getByRole('button', { name: '1 day' }).click()
  await page.getByText('It is kept awake until').first().waitFor()
  const { idle } = await person.client.getInstance({ params: { instanceId: id } })
  const hours = (Date.parse(idle?.keptAwakeUntil ?? '') - Date.now()) / (60 * minuteMs)
  expect(Math.round(hours)).toBe(24)
  await page.getByRole('button', { name: 'As its app says' }).click()
  await page.getByText('If nobody uses it').waitFor()
})

it('shows a failure with its cause, what helps, the exit code, and starts the app again', async () => {
  live.behaviours.set('failing', {
    exit: { reason: 'import_error', message: 'The module app cannot be imported: no module named plotly.', code: 1 },
    output: "Traceback (most recent call last):\nModuleNotFoundError: No module named 'plotly'\n",
  })
  const { id } = await live.launch(person, { name: 'failing', title: 'Failing' })
  await using dana = await visitDana(`/instances/${id}`)
  const { page } = dana
  const card = page.getByRole('region', { name: 'It failed' })
  await card.getByText('The module app cannot be imported').waitFor({ timeout: 40_000 })
  await card.getByText('with a pinned requirement').waitFor()
  await card.getByText('Exit code').waitFor()
  await look(page, 'failure')
  live.behaviours.delete('failing')
  await card.getByRole('button', { name: 'Restart Failing' }).click()
  await page.getByRole('status').getByText('Running').waitFor({ timeout: 40_000 })
})

it('draws what an instance used, in words and as a table too', async () => {
  const { id, memory } = await running('measured', 'Measured')
  await using dana = await visitDana(`/instances/${id}`)
  const { page } = dana
  await page.getByRole('tab', { name: 'Metrics' }).click()
  await page.getByText('Nothing is measured yet').waitFor()
  const now = Math.floor(Date.now() / minuteMs) * minuteMs
  const minutes = Array.from({ length: 150 }, (_, index) => index).filter((index) => index < 60 || index > 80)
  await live.store.store.context.samples.add(
    minutes.map((index) => ({
      instanceId: id,
      at: now - (150 - index) * minuteMs,
      cpuMillis: 300 + Math.round(250 * Math.sin(index / 9)),
      memoryBytes: Math.round(memory.limitBytes * (0.3 + index / 300)),
      requests: index % 20,
      sockets: index % 4,
    })),
  )
  await page.reload()
  const memoryChart = page.getByRole('img', { name: /^Memory: last .* at most .* limit / })
  await memoryChart.waitFor()
  await page.getByRole('img', { name: /^CPU: last/ }).waitFor()
  await page.getByText('As a table').click()
  const table = page.getByRole('region', { name: 'Metrics as a table' })
  await expect.poll(() => table.getByRole('row').count()).toBe(minutes.length + 1)
  await page.getByText('As a table').click()
  await look(page, 'metrics')
  await page.getByRole('button', { name: '24 hours' }).click()
  await page.waitForURL(/\/metrics\?hours=24$/)
  await page.getByRole('tab', { name: 'Environment' }).click()
  await page.getByText('No shared environment').waitFor()
})

it('shows administrators what all instances use and hold together', async () => {
  const { id } = await running('used', 'Used')
  const now = Math.floor(Date.now() / minuteMs) * minuteMs
  await live.store.store.context.samples.add(
    Array.from({ length: 50 }, (_, index) => ({
      instanceId: id,
      at: now - (50 - index) * minuteMs,
      cpuMillis: 500 + index * 10,
      memoryBytes: 2 ** 29,
      requests: index,
      sockets: 2,
    })),
  )
  await using admin = await visit(browser)
  const { page } = admin
  await signInAt(page, `${live.store.origin}/admin/usage?hours=1`, people.admin)
  await page.getByRole('heading', { name: 'Usage', level: 1 }).waitFor()
  await page.getByRole('region', { name: 'Instances' }).getByText('Running').waitFor()
  await page.getByRole('region', { name: 'Memory' }).getByText('Reserved by instances:').waitFor()
  await page.getByRole('img', { name: /^Memory: last .* capacity / }).waitFor()
  await look(page, 'usage')

  await using dana = await visitDana('/admin/usage')
  await dana.page.getByRole('heading', { name: 'Page not found' }).waitFor()
})

it('has room for long, German and right-to-left titles, and is used by keyboard alone', async () => {
  const long =
    'Donaudampfschifffahrtsgesellschaftskapitänsmützenverkaufsübersicht mit Rindfleischetikettierungsaufgaben'
  await running('long-title', long, withVolume)
  await running('right-to-left', 'لوحة مبيعات الربع الأول')
  await using dana = await visitDana('/instances')
  const { page } = dana
  const row = rowOf(page, 'Donaudampf')
  await row.getByText('Running').waitFor()
  await look(page, 'my-instances-titles')
  await row.getByRole('checkbox').focus()
  await page.keyboard.press('Space')
  await page.getByRole('toolbar').getByText('1 instance chosen').waitFor()
  await look(page, 'my-instances-chosen')
  await row.getByRole('button', { name: /^More for/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Terminate' }).waitFor()
  await page.keyboard.press('Escape')
  await row.getByRole('link', { name: long, exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: long, level: 1 }).waitFor()
  await look(page, 'instance-titles')
})
