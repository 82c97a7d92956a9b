import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, signInHere, visit } from '../browser.ts'
import { look } from '../look.ts'
import { pressRun } from '../press-run.ts'
import { terminate } from '../terminate.ts'

let store: RealStore
let browser: Browser
beforeAll(async () => {
  const settings = { WAVE_STORE_FULL_ACCESS_ROLE: 'staff', WAVE_STORE_PUBLIC_MODE: 'true' }
  ;[store, browser] = await Promise.all([startRealStore(settings), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })
const tiles = (page: Page) => page.getByRole('region', { name: 'Apps' }).getByRole('heading', { level: 2 })
const main = (page: Page) => page.getByRole('navigation', { name: 'Main' }).first()
const hello = 'Hello, instance'

/** Makes an account for a visitor who holds a role. */
async function makeVisitor(username: string, roles: string[]) {
  const { client } = await signInToApi(store.origin, 'admin')
  const name = `Visitor ${username}`
  const { oneTimePassword } = await client.createAccount({ body: { username, name, email: '', roles } })
  const password = 'an own and long password'
  await signInToApi(store.origin, { username, password: oneTimePassword, newPassword: password })
  return { username, password }
}

async function enter(page: Page, path: string, { username, password }: { username: string; password: string }) {
  await page.goto(store.origin + path)
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

it('makes a tag that lets a visitor see and run an app, and takes it away again', async () => {
  const una = await makeVisitor('una', ['RA'])
  await using visitor = await visit(browser)
  await enter(visitor.page, '/instances', una)
  await heading(visitor.page, 'My Instances').waitFor()
  expect(await main(visitor.page).getByRole('link').allTextContents()).toEqual(['Home', 'Catalog', 'My Instances'])
  await visitor.page.goto(`${store.origin}/my-apps`)
  await heading(visitor.page, 'Page not found').waitFor()
  await visitor.page.goto(`${store.origin}/catalog`)
  await visitor.page.getByText('No app is open to you yet').waitFor()

  await using admin = await visit(browser)
  const { page } = admin
  await signInAt(page, `${store.origin}/admin/tags`, people.admin)
  await page.getByText('There is no tag yet').waitFor()
  await page.getByRole('button', { name: 'New tag' }).click()
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Name', { exact: true }).fill('-finance')
  await panel.getByLabel('As #rrggbb').fill('red')
  await panel.getByLabel('Visitor roles').fill('RA, the others')
  await panel.getByRole('button', { name: 'Create tag' }).click()
  for (const problem of ['Letters, digits, blanks', 'A colour as #rrggbb', '“the others”: Letters'])
    await panel.getByRole('alert').filter({ hasText: problem }).waitFor()
  await look(page, 'new-tag')
  await panel.getByLabel('Name', { exact: true }).fill('finance')
  await panel.getByLabel('Title').fill('Finance team')
  await panel.getByRole('radio', { name: 'Violet' }).check()
  await panel.getByLabel('Visitor roles').fill('RA, RC')
  await panel.getByRole('button', { name: 'Create tag' }).click()
  const row = page.getByRole('row', { name: /Finance team finance/ })
  await row.getByText('No visitor').waitFor({ state: 'detached' })
  await row.getByText('RC').waitFor()

  await page.goto(`${store.origin}/catalog?search=standard+library`)
  await page.getByRole('link', { name: hello }).click()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByRole('combobox', { name: 'Another tag' }).click()
  await page.getByRole('option', { name: 'Finance team' }).click()
  await page.getByText('visitors with the role RA or RC see and run this app at once.').waitFor()
  await look(page, 'assign-tag')
  await page.getByRole('button', { name: 'Assign' }).click()
  await page.getByRole('list', { name: 'Tags of this app' }).getByText('Finance team').waitFor()

  await visitor.page.reload()
  await expect.poll(() => tiles(visitor.page).allTextContents()).toEqual([hello])
  expect(await visitor.page.getByText('Finance team').count()).toBe(0)
  await visitor.page.getByRole('link', { name: hello }).click()
  await heading(visitor.page, hello).waitFor()
  expect(await visitor.page.getByRole('tab', { name: 'Settings' }).count()).toBe(0)
  expect(await visitor.page.getByRole('main').textContent()).not.toMatch(/@/)
  const running = await pressRun(visitor.page, hello)
  await running.getByText('Hello from your own instance').first().waitFor()
  await visitor.page.bringToFront()
  await visitor.page.getByRole('link', { name: 'Instance and settings' }).click()
  await heading(visitor.page, hello).waitFor()
  await visitor.page.getByRole('tab', { name: 'Settings' }).waitFor()
  expect(await visitor.page.getByRole('tab', { name: 'Logs' }).count()).toBe(0)
  await look(visitor.page, 'visitor-instance')
  await terminate(visitor.page, store.origin, hello)

  await page.goto(`${store.origin}/admin/tags`)
  await row.getByRole('link', { name: '1 app' }).waitFor()
  await look(page, 'tags')
  await row.getByRole('button', { name: 'Delete Finance team' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('1 app loses it at once:').waitFor()
  await dialog.getByText(`${hello} 1.0.0, of`).waitFor()
  await dialog.getByText('Visitors with the role RA or RC may no longer see and run it').waitFor()
  await dialog.getByRole('button', { name: 'Delete tag' }).click()
  await page.getByText('There is no tag yet').waitFor()
  await visitor.page.goto(`${store.origin}/catalog`)
  await visitor.page.getByText('No app is open to you yet').waitFor()
  expect([...admin.strayRequests, ...visitor.strayRequests]).toEqual([])
})

it('narrows the Catalog down by tags, from chips, tiles and the list of categories', async () => {
  const { client } = await signInToApi(store.origin, 'admin')
  const { items } = await client.listApps({ query: { search: 'standard library' } })
  const appId = items[0]?.id ?? ''
  const made = await Promise.all([
    client.createTag({ body: { name: 'starter', title: 'Good to start with', color: '#ffee88' } }),
    client.createTag({
      body: { name: 'lab', title: 'The lab', color: '#123456', isCategory: true, adminRoles: ['x'] },
    }),
  ])
  for (const { id: tagId } of made) await client.assignTag({ params: { appId, tagId } })

  await using dana = await visit(browser)
  const { page } = dana
  await signInAt(page, `${store.origin}/instances`, people.developer)
  await main(page).getByRole('link', { name: 'Catalog' }).click()
  await tiles(page).first().waitFor()
  const all = await tiles(page).allTextContents()
  await page.getByRole('group', { name: 'Tags' }).getByRole('button', { name: 'Good to start with' }).click()
  await expect.poll(() => tiles(page).allTextContents()).toEqual([hello])
  expect(page.url()).toContain(`tag=${made[0].id}`)
  await look(page, 'catalog-by-tag')
  await page.getByRole('group', { name: 'Tags' }).getByRole('button', { name: 'Good to start with' }).click()
  await expect.poll(() => tiles(page).allTextContents()).toEqual(all)
  await page.getByRole('navigation', { name: 'Categories' }).getByRole('button', { name: 'The lab' }).click()
  await expect.poll(() => tiles(page).allTextContents()).toEqual([hello])

  await page.getByRole('link', { name: hello }).click()
  await heading(page, hello).waitFor()
  await page.getByRole('tab', { name: 'Settings' }).click()
  const list = page.getByRole('list', { name: 'Tags of this app' })
  await list.getByRole('button', { name: 'Edit the tag Good to start with' }).click()
  await page.getByRole('dialog').getByLabel('Title').fill('To start with')
  await page.getByRole('dialog').getByRole('button', { name: 'Save tag' }).click()
  await list.getByText('To start with').waitFor()
  expect(await list.getByRole('button', { name: /The lab/ }).count()).toBe(0)
  await list.getByRole('button', { name: 'Take the tag To start with off' }).click()
  await list.getByText('To start with').waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'The lab' }).click()
  await expect.poll(() => tiles(page).allTextContents()).toEqual([hello])
  for (const { id: tagId } of made) await client.deleteTag({ params: { tagId } })
  expect(dana.complaints).toEqual([])
})

it('shows a public app to somebody who is not signed in, and leads to sign-in for the rest', async () => {
  await using admin = await visit(browser)
  await signInAt(admin.page, `${store.origin}/my-apps`, people.admin)
  await admin.page.goto(`${store.origin}/catalog?search=standard+library`)
  await admin.page.getByRole('link', { name: hello }).click()
  await admin.page.getByRole('tab', { name: 'Settings' }).click()
  await admin.page.getByRole('radio', { name: /^Public/ }).check()
  await admin.page.getByText('anyone finds it in the Catalog and reads its page').waitFor()
  await look(admin.page, 'publish')
  await admin.page.getByRole('button', { name: 'Save visibility' }).click()
  await admin.page.getByText('is now visible to: Public').waitFor()

  await using stranger = await visit(browser)
  const { page } = stranger
  await page.goto(`${store.origin}/catalog`)
  await expect.poll(() => tiles(page).allTextContents()).toEqual([hello])
  expect(await main(page).getByRole('link').allTextContents()).toEqual(['Catalog'])
  await look(page, 'public-catalog')
  await page.getByRole('link', { name: hello, exact: true }).click()
  await heading(page, hello).waitFor()
  await page.getByText('It starts in a blink').waitFor()
  const tabs = (await page.getByRole('tab').allTextContents()).map((label) => label.trim())
  expect(tabs).toEqual(['Overview', 'Versions (1)', 'Bundle'])
  const address = page.url()
  await look(page, 'public-app')
  expect(await page.getByRole('link', { name: `Sign in to run ${hello}` }).getAttribute('href')).toContain(
    encodeURIComponent(new URL(address).pathname),
  )

  await page.goto(`${store.origin}/instances`)
  await page.waitForURL(/\/auth\/interaction\//)
  const { client } = await signInToApi(store.origin, 'dana')
  const other = (await client.listApps({ query: {} })).items.find(({ title }) => title !== hello)
  await page.goto(`${store.origin}/apps/${other?.id}`)
  await signInHere(page, people.user)
  await heading(page, other?.title ?? '').waitFor()
  expect(stranger.strayRequests).toEqual([])

  await using late = await visit(browser)
  await late.page.goto(`${address}/bundle?x=1#end`)
  await late.page.getByRole('link', { name: 'Sign in', exact: true }).click()
  await signInHere(late.page, people.user)
  await heading(late.page, hello).waitFor()
  expect(late.page.url()).toBe(`${address}/bundle?x=1#end`)
  const row = await signInToApi(store.origin, 'admin')
  await row.client.updateApp({ params: { appId: address.split('/').at(-1) ?? '' }, body: { visibility: 'ALL_USERS' } })
  await page.goto(`${store.origin}/catalog`)
  await heading(page, 'Catalog').waitFor()
})
