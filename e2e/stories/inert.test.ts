import { type Client, createClient } from '@wave-store/client'
import type { AppDetails } from '@wave-store/contract'
import { buildBundle, type CookieJar, eventually, type RealStore, signIn, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, people, signInAt, type Visitor, visit } from '../browser.ts'

const script = '<script>window.ran = "script"; alert("ran")</script>'
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran = 'drawing'; alert('ran')">${script}</svg>`
/** What each kind of image begins with, so that the store takes the file for one. */
const heads = { png: '\x89PNG\r\n\x1a\n', jpg: '\xff\xd8\xff\xe0', gif: 'GIF89a', webp: 'RIFF\x20\x20\x20\x20WEBP' }
const disguised = (head: string, content: string) => Buffer.from(head + content, 'latin1')

const longDescription = `# About ${script}

before <img src="/nowhere" onerror="window.ran = 'image'"> after

<iframe srcdoc="&lt;script&gt;parent.ran = 'frame'&lt;/script&gt;"></iframe>

[press me](javascript:window.ran='link') [or me](data:text/html,<script>1</script>) <javascript:window.ran='auto'>

![picture](javascript:window.ran='picture') <details open ontoggle="window.ran = 'toggle'">more</details>

<style>main { display: none }</style><form action="/auth/sign-out"><button>Win</button></form>
`

const title = '<img src=x onerror=window.ran=1>'
const manifest = `[App]
Name = "inert.app"
Version = "1.0.0"
Title = "${title}"
Description = "<b onclick=window.ran=1>Short</b> ${script.replaceAll('"', "'")}"
LongDescription = "about.md"

[Runtime]
AppMode = "python"
Module = "app"
Port = 8000
`

let store: RealStore
let browser: Browser
let dana: { cookies: CookieJar; client: Client }
let app: AppDetails
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_SAMPLES: 'false' }), openBrowser()])
  const cookies = await signIn(store.origin, 'dana')
  dana = { cookies, client: createClient({ baseUrl: store.origin, headers: { cookie: String(cookies) } }) }
  const body = (await buildBundle({
    manifest,
    files: {
      'app.py': 'import sys; print("<script>window.ran = 1</script>", flush=True); sys.exit(3)',
      'about.md': longDescription,
      'static/icon.png': disguised(heads.png, `<html>${script}`),
      'static/screenshot-1.png': disguised(heads.png, drawing),
      'static/screenshot-2.jpg': disguised(heads.jpg, `<html>${script}`),
      'static/screenshot-3.gif': disguised(heads.gif, `<html>${script}`),
      'static/screenshot-4.webp': disguised(heads.webp, drawing),
      'static/screenshot-5.png': drawing,
      'static/screenshot-6.gif': `<html>${script}`,
    },
  })) as Uint8Array<ArrayBuffer>
  const headers = { cookie: String(cookies), 'content-type': 'application/zip' }
  const imported = await fetch(`${store.origin}/api/apps`, { method: 'POST', body, headers })
  app = (await imported.json()) as AppDetails
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

/** Dana's browser, which notes every script of the app's that ran or that only the policy held back. */
async function wary(): Promise<Visitor> {
  const visitor = await visit(browser)
  visitor.page.on('dialog', (dialog) => {
    visitor.complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await signInAt(visitor.page, `${store.origin}/my-apps`, people.developer)
  await visitor.page.getByRole('heading', { name: 'My Apps' }).waitFor()
  return visitor
}

async function expectNothingRan({ page, complaints }: Visitor) {
  expect(await page.evaluate(() => (window as { ran?: unknown }).ran)).toBeUndefined()
  // The browser complains of a style, too, which its own page around an image brings.
  const attempt = /^(dialog|Executing inline (script|event)|Blocked script|Running the JavaScript URL)/
  expect(complaints.filter((complaint) => attempt.test(complaint))).toEqual([])
}

const imagePaths = () => [
  `/api/apps/${app.id}/icon`,
  ...[0, 1, 2, 3].map((index) => `/api/apps/${app.id}/screenshots/${index}`),
]

describe('files that look like images and hold scripts', () => {
  it('are images and nothing else when their own address is opened', async () => {
    await using visitor = await wary()
    const types: (string | undefined)[] = []
    for (const path of imagePaths()) {
      const answer = await visitor.page.goto(store.origin + path)
      const headers = answer!.headers()
      types.push(headers['content-type'])
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      })
      expect(await visitor.page.locator('script, svg').count()).toBe(0)
      await expectNothingRan(visitor)
    }
    expect(types).toEqual(['image/png', 'image/png', 'image/jpeg', 'image/gif', 'image/webp'])
  })

  it('are no scripts, frames or objects of a page of the store’s own either', async () => {
    await using visitor = await wary()
    await visitor.page.evaluate(async (paths) => {
      const loaded = (element: HTMLElement) =>
        new Promise((resolve) => {
          for (const event of ['load', 'error']) element.addEventListener(event, resolve, { once: true })
          document.body.append(element)
        })
      for (const path of paths) {
        await loaded(Object.assign(document.createElement('script'), { src: path }))
        await loaded(Object.assign(document.createElement('iframe'), { src: path }))
      }
    }, imagePaths())
    expect(await visitor.page.evaluate(() => (window as { ran?: unknown }).ran)).toBeUndefined()
    expect(visitor.complaints.join()).not.toContain('dialog')
  })

  it('are left out where their content is no image at all', async () => {
    expect(app.screenshotUrls).toHaveLength(4)
    const headers = { cookie: String(dana.cookies) }
    const answer = await fetch(`${store.origin}/api/apps/${app.id}/screenshots/4`, { headers })
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain('<script')
  })
})

describe('what a developer wrote', () => {
  it('is text on the app’s page, with links to the web alone', async () => {
    await using visitor = await wary()
    const { page } = visitor
    await page.goto(`${store.origin}/apps/${app.id}`)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    const about = page.getByText('before', { exact: false }).first()
    await about.waitFor()
    await page.getByText('press me').first().click()
    for (const element of ['script', 'iframe', 'img[onerror]', 'style', 'form', 'details', 'a[href^="javascript"]'])
      expect(await page.getByRole('main').locator(element).count()).toBe(0)
    expect(page.url()).toBe(`${store.origin}/apps/${app.id}`)
    await expectNothingRan(visitor)
  })

  it('is text in the Catalog’s tiles and in lists', async () => {
    await using visitor = await wary()
    await visitor.page.getByText(title).first().waitFor()
    await expectNothingRan(visitor)
  })

  it('is text at the instance’s own address, where the store speaks for the app, and in its logs', async () => {
    await using visitor = await wary()
    const instance = await dana.client.launchInstance({ body: { appId: app.id } })
    await eventually(async () => {
      const { status } = await dana.client.getInstance({ params: { instanceId: instance.id } })
      expect(status).toBe('FAILED')
    })
    await visitor.page.goto(instance.url)
    await visitor.page.getByText(title).first().waitFor()
    await visitor.page.getByText('window.ran = 1').first().waitFor()
    await expectNothingRan(visitor)
    await visitor.page.goto(`${instance.url}_wave-store/icon`)
    await expectNothingRan(visitor)
    await openLogs(visitor.page, instance.id)
    await expectNothingRan(visitor)
  })
})

async function openLogs(page: Page, instanceId: string): Promise<void> {
  await page.goto(`${store.origin}/api/instances/${instanceId}/logs`)
  await page.getByText('<script>window.ran = 1</script>').waitFor()
  expect(await page.locator('script').count()).toBe(0)
}
