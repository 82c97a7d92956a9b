import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { packDirectory } from '@wave-store/bundle/node'
import { type Client, createClient } from '@wave-store/client'
import type { Instance } from '@wave-store/contract'
import { buildBundle, eventually, InstanceVisitor, type RealStore, signIn, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { indexIsReachable } from '../package-index.ts'
import { screenshot } from '../screenshot.ts'

let store: RealStore
let browser: Browser
let developer: Client
let user: Client
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_SAMPLES: 'false' }), openBrowser()])
  ;[developer, user] = await Promise.all([clientOf('dana'), clientOf('uri')])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

async function clientOf(name: string): Promise<Client> {
  return createClient({ baseUrl: store.origin, headers: { cookie: String(await signIn(store.origin, name)) } })
}

/** Id of an app of Dana's that everybody may run. */
async function published(bundle: Uint8Array): Promise<string> {
  const cookie = String(await signIn(store.origin, 'dana'))
  const headers = { cookie, 'content-type': 'application/zip' }
  const body = new Uint8Array(bundle)
  const imported = await fetch(`${store.origin}/api/apps`, { method: 'POST', body, headers })
  const { id: appId } = (await imported.json()) as { id: string }
  await developer.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
  return appId
}

/** An instance of Uri's. */
async function deployed(appId: string, visibility: 'PRIVATE' | 'ALL_USERS' = 'PRIVATE'): Promise<Instance> {
  const { id } = await user.launchInstance({ body: { appId, visibility } })
  return eventually(async () => {
    const instance = await user.getInstance({ params: { instanceId: id } })
    expect(instance.failure).toBeNull()
    expect(instance.status).toBe('DEPLOYED')
    return instance
  }, 120_000)
}

async function allow(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Who am I wants to know who you are' }).waitFor()
  await page.getByRole('button', { name: 'Allow' }).click()
}

async function fact(page: Page, name: string): Promise<string> {
  const text = await page.getByText(`${name}: `).first().textContent()
  return (text ?? '').slice(name.length + 2)
}

describe.skipIf(!indexIsReachable)('a Wave app with EnableOIDC (needs the Python package index)', () => {
  let appId: string
  beforeAll(async () => {
    const directory = fileURLToPath(new URL('../bundles/who-am-i/', import.meta.url))
    appId = await published(await buffer(packDirectory(directory)))
  })

  it('does not learn who somebody is who refuses', async () => {
    const instance = await deployed(appId)
    await using uri = await visit(browser)
    await signInAt(uri.page, instance.url, people.user)
    await uri.page.getByText('Dana Developer').waitFor()
    await screenshot(uri.page, 'app-consent')
    await uri.page.getByRole('button', { name: 'Refuse' }).click()
    await uri.page.getByRole('heading', { name: 'Who am I does not learn who you are' }).waitFor()
    await uri.page.getByRole('link', { name: 'Open it again' }).click()
    await uri.page.getByRole('heading', { name: 'Who am I wants to know who you are' }).waitFor()
  })

  it('shows the person to themselves, asks once, and holds a token that the API does not take', async () => {
    const instance = await deployed(appId)
    await using uri = await visit(browser)
    await signInAt(uri.page, instance.url, people.user)
    await allow(uri.page)
    const { user: known } = await user.getSession()
    expect(await fact(uri.page, 'Username')).toBe('uri@example.com')
    expect(await fact(uri.page, 'Subject')).toBe(known!.id)
    const headers = { authorization: `Bearer ${await fact(uri.page, 'Token')}` }
    expect((await fetch(`${store.origin}/api/session`, { headers })).status).toBe(401)
    expect((await fetch(`${store.origin}/api/apps`, { headers })).status).toBe(401)

    await using later = await visit(browser)
    await signInAt(later.page, instance.url, people.user)
    expect(await fact(later.page, 'Username')).toBe('uri@example.com')
  })

  it('shows everybody themselves, one after the other in one browser too', async () => {
    const instance = await deployed(appId, 'ALL_USERS')
    await using shared = await visit(browser)
    await signInAt(shared.page, instance.url, people.user)
    await allow(shared.page)
    expect(await fact(shared.page, 'Username')).toBe('uri@example.com')
    await shared.page.getByRole('link', { name: 'Sign out of the app' }).click()
    await shared.page.getByRole('heading', { name: 'Sign out of the store too?' }).waitFor()
    await screenshot(shared.page, 'sign-out-of-an-app')
    await shared.page.getByRole('button', { name: 'Sign out of the store' }).click()
    await shared.page.getByRole('button', { name: people.developer }).click()
    await allow(shared.page)
    expect(await fact(shared.page, 'Username')).toBe('dana@example.com')

    // Without a word to the app, whose Wave server still remembers whose cookie it is; from a page that runs no script.
    await shared.page.goto(`${store.origin}/page-assets/page.css`)
    await shared.page.evaluate(() => fetch('/api/session', { method: 'DELETE' }))
    const origin = async () => new URL((await shared.page.goto(instance.url))!.url()).origin
    await expect.poll(origin).toBe(store.origin)
    await shared.page.getByRole('button', { name: people.user }).click()
    expect(await fact(shared.page, 'Username')).toBe('uri@example.com')
  })

  it('says nothing of its client secret in its log', async () => {
    const instance = await deployed(appId)
    const cookie = String(await signIn(store.origin, 'uri'))
    const log = await (await fetch(`${store.origin}/api/instances/${instance.id}/logs`, { headers: { cookie } })).text()
    expect(log).toContain('Wave server')
    const { instanceClientKey } = JSON.parse(await readFile(join(store.dataDir, 'keys.json'), 'utf8'))
    const secret = createHmac('sha256', instanceClientKey).update(`instance-${instance.id}`).digest('base64url')
    expect(log).not.toContain(secret)
  })
})

describe('an app in its sandbox', () => {
  /** Runs the Python of the query and answers with `result`, or the name of its error. */
  const askable = `
import http.server, json, urllib.parse
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        scope = {'result': None}
        try:
            exec(query.get('run', [''])[0], scope)
        except BaseException as error:
            scope['result'] = type(error).__name__
        body = json.dumps(scope['result']).encode()
        self.send_response(200)
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
http.server.ThreadingHTTPServer(('', 8000), Handler).serve_forever()
`
  const manifest = `[App]
Name = "com.example.prober"
Version = "1.0.0"

[Runtime]
AppMode = "python"
Module = "app"
Port = 8000
EnableOIDC = true
`
  let ask: (code: string) => Promise<unknown>
  beforeAll(async () => {
    const instance = await deployed(await published(await buildBundle({ manifest, files: { 'app.py': askable } })))
    const visitor = new InstanceVisitor(instance.url, await signIn(store.origin, 'uri'))
    ask = async (code) => JSON.parse((await visitor.open(`/?${new URLSearchParams({ run: code })}`)).body)
  })

  it('finds the provider at the address that browsers have for the store', async () => {
    const found = await ask(`
import json, os, urllib.request
issuer = os.environ['H2O_CLOUD_OIDC_ISSUER']
result = json.load(urllib.request.urlopen(issuer + '/.well-known/openid-configuration'))['issuer']`)
    expect(found).toBe(`${store.origin}/oidc`)
  })

  it.each(['/', '/api/session', '/auth/sign-in', '/oidc/auth', '/auth/interaction/x'])(
    'finds nothing of the store at %s, so that it cannot sign in as a development account',
    async (path) => {
      const status = await ask(`
import urllib.error, urllib.request
request = urllib.request.Request('${store.origin}${path}', b'account=admin')
try:
    result = urllib.request.urlopen(request).status
except urllib.error.HTTPError as error:
    result = error.code`)
      expect(status).toBe(404)
    },
  )

  it('reaches the store by no other way while it listens on loopback', async () => {
    const connected = await ask(`
import socket
gateway = open('/proc/net/route').read().split('\\n')[1].split('\\t')[2]
host = socket.inet_ntoa(bytes.fromhex(gateway)[::-1])
socket.create_connection((host, ${store.port}), 2)
result = 'connected'`)
    expect(['ConnectionRefusedError', 'TimeoutError', 'timeout']).toContain(connected)
  })
})
