import { buildBundle, manifestText, type RealStore, startRealStore, tinyPng } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInToApi } from '../api-person.ts'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { look } from '../look.ts'
import { pressRun } from '../press-run.ts'
import { screenshot } from '../screenshot.ts'
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

const server = `
import http.server
http.server.test(http.server.SimpleHTTPRequestHandler, port=8000, bind='0.0.0.0')
`
const runtime =
  'AppMode = "python"\nModule = "app"\nPort = 8000\nMemoryLimit = "128Mi"\nVolumeMount = "/data"\nVolumeSize = "1Mi"'

async function bundleFile(name: string, manifest: string) {
  const bytes = await buildBundle({ manifest, files: { 'app.py': server, 'static/icon.png': tinyPng } })
  return { name, mimeType: 'application/zip', buffer: Buffer.from(bytes) }
}

async function choose(page: Page, file: Awaited<ReturnType<typeof bundleFile>>): Promise<void> {
  const input = page.getByLabel('Choose a bundle')
  await input.setInputFiles(file)
}

it('imports an app, publishes it, has another person find it, and deletes it', async () => {
  await using dana = await visit(browser)
  const { page } = dana
  await signInAt(page, `${store.origin}/my-apps`, people.developer)
  await page.getByRole('button', { name: 'Import app' }).first().click()

  const uploads: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') uploads.push(request.url())
  })
  await choose(
    page,
    await bundleFile(
      'broken.wave',
      '[App]\nName = "story/app"\nVersion = "{{VERSION}}"\n[Runtime]\nMemoryLimit = "lots"\n',
    ),
  )
  const problems = page.getByRole('region', { name: 'Problems' })
  for (const [place, text] of [
    ['line 2', 'Name'],
    ['line 3', 'Version'],
    ['line 5', 'MemoryLimit'],
    ['[Runtime]', 'Module'],
  ] as const)
    await problems
      .getByRole('listitem')
      .filter({ hasText: text })
      .filter({ hasText: new RegExp(place.replace(/[[\]]/g, '\\$&'), 'i') })
      .first()
      .waitFor()
  await screenshot(page, 'import-problems')
  expect(await page.getByRole('button', { name: /^Upload/ }).isDisabled()).toBe(true)
  expect(uploads).toEqual([])

  await page.getByRole('button', { name: 'Choose another file' }).click()
  const app = 'Title = "Story app"\nDescription = "Told by a test"'
  await choose(page, await bundleFile('story.wave', manifestText({ name: 'story.app', version: '1.0', app, runtime })))
  await page.getByRole('heading', { name: 'Story app' }).waitFor()
  await page.getByText('1.0.0').first().waitFor()
  await page.getByText('128 MiB').first().waitFor()
  await page.getByText('Told by a test').waitFor()
  await screenshot(page, 'import-look')
  await page.getByRole('button', { name: /^Upload/ }).click()

  await page.getByRole('heading', { name: 'Story app', level: 1 }).waitFor()
  await page.getByText('Private').first().waitFor()
  await using uri = await visit(browser)
  await signInAt(uri.page, `${store.origin}/catalog`, people.user)
  await uri.page.getByRole('heading', { name: 'Catalog', level: 1 }).waitFor()
  await uri.page
    .getByText(/no apps|publish/i)
    .first()
    .waitFor()
  expect(await uri.page.getByRole('link', { name: 'Story app' }).count()).toBe(0)

  const steps = page.getByRole('region', { name: 'Publish this version' })
  await steps.getByText('Running instances are never touched').waitFor()
  await look(page, 'publish-steps')
  await steps.getByRole('button', { name: 'Publish to everyone' }).click()
  await page.getByRole('dialog').getByText('Running instances go on').waitFor()
  await screenshot(page, 'publish')
  await page.getByRole('dialog').getByRole('button', { name: 'Promote' }).click()
  await steps.getByText('It is in the Catalog, and the others can run it.').waitFor()
  await page.getByText('All users').first().waitFor()
  await uri.page.reload()
  await uri.page.getByRole('link', { name: 'Story app' }).click()
  const running = await pressRun(uri.page, 'Story app')
  await running.getByText('Directory listing').first().waitFor()

  await page.getByRole('tab', { name: 'Statistics' }).click()
  await page.getByText('Launched 1 time by 1 person; nothing failed.').waitFor()
  await look(page, 'statistics')
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Delete app' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete app' }).click()
  await page.getByRole('dialog').getByText('One instance').waitFor()
  await screenshot(page, 'delete-refused')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()

  await terminate(uri.page, store.origin, 'Story app')
  await page.getByRole('button', { name: 'Delete app' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete app' }).click()
  await page.waitForURL(/\/my-apps$/)
  await page.getByText('You have no apps yet').waitFor()
  expect([...dana.strayRequests, ...uri.strayRequests]).toEqual([])
}, 120_000)

it('takes a bundle that is dropped onto the page, and lets the upload be cancelled', async () => {
  await using dana = await visit(browser)
  const { page } = dana
  await signInAt(page, `${store.origin}/my-apps`, people.developer)
  await page.getByText('You have no apps yet').waitFor()
  const { buffer } = await bundleFile(
    'dropped.wave',
    manifestText({ name: 'dropped.app', app: 'Title = "Dropped app"', runtime }),
  )
  const transfer = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const data = new DataTransfer()
    data.items.add(new File([bytes], 'dropped.wave', { type: 'application/zip' }))
    return data
  }, buffer.toString('base64'))
  for (const event of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', event, { dataTransfer: transfer })
  await page.getByRole('heading', { name: 'Dropped app' }).waitFor()

  // The answer is held back, so that there is something to cancel.
  await page.route('**/api/apps', () => undefined, { times: 1 })
  await page.getByRole('button', { name: /^Upload/ }).click()
  await page.getByText('Uploading dropped.wave').waitFor()
  await screenshot(page, 'uploading')
  await page.getByRole('button', { name: 'Cancel upload' }).click()
  await page.getByRole('button', { name: /^Upload/ }).waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByText('You have no apps yet').waitFor()
  const mine = await page.evaluate(() => fetch('/api/apps?scope=mine').then((answer) => answer.json()))
  expect(mine).toMatchObject({ items: [] })
}, 60_000)

it('promotes a version from its page, and rolls back to the one before', async () => {
  await using dana = await visit(browser)
  const { page } = dana
  await signInAt(page, `${store.origin}/my-apps`, people.developer)
  const developer = await signInToApi(store.origin, 'dana')
  const ids = []
  for (const version of ['1.0.0', '1.1.0']) {
    const manifest = manifestText({ name: 'versioned.app', version, app: 'Title = "Versioned app"', runtime })
    const files = { 'app.py': server, [`only-in-${version}.txt`]: version, 'requirements.txt': `flask==${version}\n` }
    ids.push((await developer.importBundle({ manifest, files })).id)
  }
  await page.goto(`${store.origin}/apps/${ids[0]}/versions`)
  const rowOf = (version: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: version }) })
  const press = async (words: string, version: string) => {
    await page.getByRole('button', { name: `${words} to ${version}` }).click()
    await page.getByRole('dialog').getByText('Running instances go on').waitFor()
    await screenshot(page, `versions-${words.toLowerCase().replace(' ', '-')}-${version}`)
    await page.getByRole('dialog').getByRole('button', { name: words }).click()
    await rowOf(version).getByText('In the Catalog').waitFor()
  }
  await press('Promote', '1.0.0')
  await press('Promote', '1.1.0')
  await rowOf('1.0.0').getByText('Private').waitFor()
  await press('Roll back', '1.0.0')
  await rowOf('1.1.0').getByText('Private').waitFor()
  await screenshot(page, 'versions')
  await page.getByRole('button', { name: 'Compare with 1.1.0' }).click()
  await page.getByLabel('Changes of app.toml').getByText('Version = "1.1.0"').waitFor()
  await page.getByLabel('Changes of requirements.txt').getByText('flask==1.1.0').waitFor()
  const changes = page.getByRole('table', { name: 'Changes of files' })
  await changes.getByRole('row', { name: /only-in-1\.1\.0\.txt Added/ }).waitFor()
  await changes.getByRole('row', { name: /only-in-1\.0\.0\.txt Removed/ }).waitFor()
  expect(await changes.getByText('app.py').count()).toBe(0)
  await screenshot(page, 'versions-compared')
  await page.getByRole('combobox', { name: 'Version' }).click()
  await page.getByRole('option', { name: 'version 1.1.0, private' }).click()
  const steps = page.getByRole('region', { name: 'Publish this version' })
  await steps.getByText('It takes the place of 1.0.0 in the Catalog').waitFor()
  await steps.getByRole('button', { name: 'Promote 1.1.0' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Promote' }).click()
  await steps.getByRole('button', { name: 'Roll back to 1.0.0' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
  await steps.getByRole('button', { name: 'Promote 1.1.0' }).waitFor()
  await page.getByRole('combobox', { name: 'Version' }).click()
  await page.getByRole('option', { name: 'version 1.0.0, all users' }).click()
  await page.getByRole('tab', { name: 'Bundle' }).click()
  await page.getByLabel('Files of the bundle').getByText('only-in-1.0.0.txt').waitFor()
  expect(dana.strayRequests).toEqual([])
}, 60_000)
