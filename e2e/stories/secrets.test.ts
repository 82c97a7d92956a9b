import { createHash } from 'node:crypto'
import { buildBundle, manifestText, type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { look } from '../look.ts'
import { pressRun } from '../press-run.ts'
import { terminate } from '../terminate.ts'

let store: RealStore
let browser: Browser
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_SAMPLES: 'false' }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

const password = 'correct horse battery staple'
const keyStore = Buffer.from([0, 1, 2, 253, 254, 255])
const hashOf = (value: string | Buffer) => createHash('sha256').update(value).digest('hex')

/** Shows by hashes what it was given. */
const app = `
import hashlib, http.server, os

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        given = {'environment': os.environ['DB_PASSWORD'].encode(), 'file': open('/keys/store.p12', 'rb').read()}
        lines = [name + ' ' + hashlib.sha256(value).hexdigest() for name, value in given.items()]
        body = '<p>'.join(['What it was given:', *lines]).encode()
        self.send_response(200)
        self.send_header('content-type', 'text/html')
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

http.server.ThreadingHTTPServer(('', 8000), Handler).serve_forever()
`
const runtime = 'AppMode = "python"\nModule = "app"\nPort = 8000\nMemoryLimit = "128Mi"'
const more = `
[[Env]]
Name = "DB_PASSWORD"
Secret = "story.db"
SecretKey = "password"
[[File]]
Path = "/keys/store.p12"
Secret = "story.db"
SecretKey = "store"
[[Env]]
Name = "MAIL_TOKEN"
Secret = "story.mail"
SecretKey = "token"
Optional = true
`

async function importBundle(page: Page): Promise<void> {
  const manifest = manifestText({ name: 'story.secrets', app: 'Title = "Keeper"', runtime, more })
  const buffer = Buffer.from(await buildBundle({ manifest, files: { 'app.py': app } }))
  await page.getByRole('button', { name: 'Import app' }).first().click()
  await page.getByLabel('Choose a bundle').setInputFiles({ name: 'keeper.wave', mimeType: 'application/zip', buffer })
  await page.getByRole('button', { name: /^Upload/ }).click()
  await page.getByRole('heading', { name: 'Keeper', level: 1 }).waitFor()
}

it('tells a developer what an app lacks, takes it, gives it to the app, and shows it to nobody', async () => {
  await using dana = await visit(browser)
  const { page } = dana
  const heard: string[] = []
  page.on('response', async (response) => {
    if (response.url().includes('/api/')) heard.push(await response.text().catch(() => ''))
  })
  await signInAt(page, `${store.origin}/my-apps`, people.developer)
  await importBundle(page)

  await page.getByText('The secret story.db with the keys password, store is missing').first().waitFor()
  expect(await page.getByRole('button', { name: 'Run Keeper' }).isDisabled()).toBe(true)
  await page.getByRole('tab', { name: 'Bundle' }).click()
  const needs = page.getByRole('region', { name: 'Secrets it needs' })
  await needs.getByText(/Missing$/).waitFor()
  await needs.getByText('Missing, optional').waitFor()
  await look(page, 'secrets-missing')

  await needs.getByRole('link', { name: 'Add what is missing of story.db' }).click()
  const panel = page.getByRole('dialog', { name: 'New secret' })
  expect(await panel.getByLabel('Name').inputValue()).toBe('story.db')
  await panel.getByLabel('Value of password', { exact: true }).fill(password)
  await panel
    .getByLabel('Value of store, from a file')
    .setInputFiles({ name: 'store.p12', mimeType: 'application/octet-stream', buffer: keyStore })
  await panel.getByText('The bytes of store.p12').waitFor()
  await look(page, 'secrets-new')
  await panel.getByRole('button', { name: 'Keep secret' }).click()
  const row = page.getByRole('row', { name: /story\.db/ })
  await row.getByRole('link', { name: 'Keeper 1.0.0' }).waitFor()
  await panel.waitFor({ state: 'detached' })
  await look(page, 'secrets-list')

  await row.getByRole('link', { name: 'Keeper 1.0.0' }).click()
  await page.getByRole('region', { name: 'Secrets it needs' }).getByText('The owner’s own').waitFor()
  const running = await pressRun(page, 'Keeper')
  await running.getByText(`environment ${hashOf(password)}`).waitFor()
  await running.getByText(`file ${hashOf(keyStore)}`).waitFor()
  await page.bringToFront()

  await page.goto(`${store.origin}/secrets`)
  await page.getByRole('button', { name: 'Delete story.db' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Keeper 1.0.0' }).waitFor()
  await look(page, 'secrets-in-use')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Edit story.db' }).click()
  const editing = page.getByRole('dialog', { name: 'Edit the secret story.db' })
  await editing.getByText(/^Set/).first().waitFor()
  await editing.getByRole('button', { name: 'Paste .env text' }).click()
  await editing.getByLabel('Text of a .env file').fill('# more\nexport USER_NAME="dana"\npassword=another one\n')
  await editing.getByRole('button', { name: 'Take over 2 keys' }).click()
  await look(page, 'secrets-edit')
  expect(await page.content()).not.toContain(password)
  await editing.getByRole('button', { name: 'Save secret' }).click()
  await row.getByText('USER_NAME').waitFor()

  await using uri = await visit(browser)
  await signInAt(uri.page, `${store.origin}/secrets`, people.user)
  await uri.page.getByText('You have no secrets yet').waitFor()
  const answer = await uri.page.evaluate(() => fetch('/api/secrets').then((response) => response.text()))
  expect(answer).not.toContain('story.db')
  expect(heard.length).toBeGreaterThan(5)
  for (const value of [password, keyStore.toString('base64'), 'another one'])
    expect(heard.filter((text) => text.includes(value))).toEqual([])
  expect(store.output()).not.toContain(password)
  await terminate(page, store.origin, 'Keeper')
  expect([...dana.strayRequests, ...uri.strayRequests]).toEqual([])
})

it('lets an administrator share a secret with some people, and see whose others there are', async () => {
  const { client } = await signInToApi(store.origin, 'dana')
  await client.createSecret({ body: { name: 'story.own', values: { key: { text: password } } } })
  await using dana = await visit(browser)
  await signInAt(dana.page, `${store.origin}/secrets`, people.developer)
  await using admin = await visit(browser)
  const { page } = admin
  await signInAt(page, `${store.origin}/admin/secrets`, people.admin)
  await page.getByText('There is no shared secret yet').waitFor()
  await page.getByRole('button', { name: 'New shared secret' }).click()
  const panel = page.getByRole('dialog', { name: 'New shared secret' })
  await panel.getByLabel('Name', { exact: true }).fill('story.mail')
  await panel.getByLabel('Description').fill('The mail server of the house')
  await panel.getByLabel('Key', { exact: true }).fill('token')
  await panel.getByLabel('Value of token', { exact: true }).fill('of the house')
  await panel.getByText('Apps of some people, or some apps').click()
  await panel.getByRole('combobox', { name: 'People' }).fill('Dana')
  await page.getByRole('option', { name: /Dana Developer/ }).click()
  await look(page, 'secrets-shared-new')
  await panel.getByRole('button', { name: 'Keep secret' }).click()
  await page.getByRole('row', { name: /story\.mail.*Dana Developer.*token/ }).waitFor()
  await panel.waitFor({ state: 'detached' })
  await page.getByRole('table', { name: 'Secrets of people' }).getByText('story.own').waitFor()
  await look(page, 'secrets-admin')

  await dana.page.reload()
  await dana.page.getByRole('region', { name: 'Shared secrets' }).getByText('story.mail').waitFor()
  await dana.page.getByRole('button', { name: 'Account of Dana Developer' }).click()
  await dana.page.getByRole('menuitem', { name: 'Secrets' }).waitFor()
  expect(await dana.page.getByRole('button', { name: 'Edit story.mail' }).count()).toBe(0)
  await look(dana.page, 'secrets-shared')
  await using uri = await visit(browser)
  await signInAt(uri.page, `${store.origin}/secrets`, people.user)
  await uri.page.getByText('You have no secrets yet').waitFor()
  expect(await uri.page.getByText('story.mail').count()).toBe(0)
})
