import { fileURLToPath } from 'node:url'
import type { Instance } from '@wave-store/contract'
import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiPerson, signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { screenshot } from '../screenshot.ts'

const bundle = fileURLToPath(new URL('../bundles/keeps-things/', import.meta.url))

let store: RealStore
let browser: Browser
let dana: ApiPerson
let [first, second] = [] as unknown as [Instance, Instance]
beforeAll(async () => {
  const settings = { WAVE_STORE_SAMPLES: 'false', WAVE_STORE_PUBLIC_MODE: 'true' }
  ;[store, browser] = await Promise.all([startRealStore(settings), openBrowser()])
  dana = await signInToApi(store.origin, 'dana')
  first = await dana.launch(bundle)
  second = await dana.launch(first.app.id)
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

const addressOf = (name: string) => first.url.replace(first.id, name)
const shown = (page: Page, { id }: Instance) => page.getByText(`This is ${id}`).waitFor()
/** A name has moved within a second. */
async function openUntil(page: Page, address: string, { id }: Instance) {
  const heading = async () => {
    await page.goto(address)
    return page.locator('h1').textContent()
  }
  await expect.poll(heading, { interval: 250, timeout: 10_000 }).toBe(`This is ${id}`)
}
/** What the app found in the browser: `localStorage`, and the cookies of its page. */
const found = async (page: Page) => JSON.parse((await page.locator('#found').textContent())!)

describe('a name', () => {
  it('is given in the settings, and every address of the instance leads to it', async () => {
    await using visitor = await visit(browser)
    const { page } = visitor
    await signInAt(page, `${store.origin}/instances/${first.id}/settings`, people.developer)
    await page.getByLabel('Another name').fill('www')
    await page.getByRole('button', { name: 'Add name' }).click()
    await page.getByText('nobody gets the name www').waitFor()
    await page.getByLabel('Another name').fill('orchid')
    await page.getByRole('button', { name: 'Add name' }).click()
    const row = page.getByRole('row', { name: /orchid/ })
    await row.getByText('Primary').waitFor()
    await screenshot(page, 'address')

    await page.goto(new URL('/deep/x?a=1', first.url).href)
    await shown(page, first)
    expect(page.url()).toBe(new URL('/deep/x?a=1', addressOf('orchid')).href)
  })

  it('that moves leaves nothing of the app before in a browser', async () => {
    await using visitor = await visit(browser)
    const { page, context } = visitor
    const address = new URL('/deep/x', addressOf('orchid')).href
    await signInAt(page, address, people.developer)
    await shown(page, first)
    await page.evaluate('leave()')
    await page.reload()
    expect(await found(page)).toEqual([`by ${first.id}`, expect.stringContaining('deep=1')])

    const settings = await context.newPage()
    await settings.goto(`${store.origin}/instances/${second.id}/settings`)
    await settings.getByRole('combobox', { name: 'A name that leads elsewhere' }).click()
    await settings.getByRole('option', { name: /^orchid/ }).click()
    await settings.getByRole('button', { name: 'Move here' }).click()
    await settings.getByRole('dialog').getByRole('button', { name: 'Move name' }).click()
    await settings.getByRole('row', { name: /orchid/ }).waitFor()

    await page.bringToFront()
    await openUntil(page, address, second)
    expect(page.url()).toBe(address)
    expect(await found(page)).toEqual([null, ''])
    const names = (await context.cookies(address)).map(({ name }) => name)
    expect(names.filter((name) => !name.startsWith('__Host-wave-'))).toEqual([])
    await page.evaluate('leave()')
    await page.goto(address)
    expect(await found(page)).toEqual([`by ${second.id}`, expect.stringContaining('left=1')])
  })

  it('of instances that are open to all leaves nothing either, to who is not signed in', async () => {
    for (const { id } of [first, second])
      await dana.client.updateInstance({ params: { instanceId: id }, body: { visibility: 'PUBLIC' } })
    await dana.client.createAlias({ body: { name: 'tulip', instanceId: first.id } })
    await using visitor = await visit(browser)
    const { page } = visitor
    const address = new URL('/deep/x', addressOf('tulip')).href
    await page.goto(address)
    await shown(page, first)
    await page.evaluate('leave()')
    await dana.client.updateAlias({ params: { name: 'tulip' }, body: { instanceId: second.id, isPrimary: true } })
    await openUntil(page, address, second)
    expect(await found(page)).toEqual([null, ''])
  })

  it('is given back', async () => {
    await using visitor = await visit(browser)
    const { page } = visitor
    await signInAt(page, `${store.origin}/instances/${second.id}/settings`, people.developer)
    await page.getByRole('button', { name: 'Give back tulip' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Give back' }).click()
    await page.getByRole('row', { name: /tulip/ }).waitFor({ state: 'detached' })
    expect((await page.goto(addressOf('tulip')))?.status()).toBe(404)
  })
})
