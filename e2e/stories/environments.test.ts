import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { look } from '../look.ts'

let store: RealStore
let browser: Browser
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_SAMPLES: 'false' }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

it('lets an administrator edit the constraints of every environment, and names each line that is none', async () => {
  await using admin = await visit(browser)
  const { page } = admin
  await signInAt(page, `${store.origin}/admin/environments`, people.admin)
  await page.getByText('No environment is kept yet').waitFor()
  const text = page.getByLabel('Constraints file')
  const own = await text.inputValue()
  expect(own).toContain('starlette<1')

  await text.fill(`${own}\n-r other.txt\nnonsense`)
  await page.getByRole('button', { name: 'Save constraints' }).click()
  await page.getByText('-r other.txt', { exact: false }).nth(1).waitFor()
  await look(page, 'environments')
  await text.fill(`${own}\nnumpy<2`)
  await page.getByRole('button', { name: 'Save constraints' }).click()
  await page.getByText('hold for what is built from now on').waitFor()
  await page.reload()
  expect(await text.inputValue()).toContain('numpy<2')

  await page.getByRole('button', { name: 'Back to the platform’s own' }).click()
  await page.getByText('which nobody has edited').waitFor()
  expect(await text.inputValue()).toBe(own)
  expect(admin.complaints).toEqual(['Failed to load resource: the server responded with a status of 400 (Bad Request)'])
})
