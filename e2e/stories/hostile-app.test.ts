import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { packDirectory } from '@wave-store/bundle/node'
import { type Client, createClient } from '@wave-store/client'
import type { AppDetails, Instance } from '@wave-store/contract'
import {
  type CookieJar,
  eventually,
  InstanceVisitor,
  type RealStore,
  signIn,
  startRealStore,
} from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, people, signInAt, type Visitor, visit } from '../browser.ts'

const bundle = fileURLToPath(new URL('../bundles/hostile/', import.meta.url))

let store: RealStore
let browser: Browser
let attacker: { client: Client; cookies: CookieJar }
let victim: { client: Client; cookies: CookieJar }
let app: AppDetails
/** The attacker's instance, open to everybody; and the victim's own, of the same app. */
let trap: Instance
let home: Instance

beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore({ WAVE_STORE_SAMPLES: 'false' }), openBrowser()])
  ;[attacker, victim] = [await person('dana'), await person('uri')]
  app = await importHostile()
  trap = await deployed(attacker, 'ALL_USERS')
  home = await deployed(victim, 'PRIVATE')
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

async function person(name: string) {
  const cookies = await signIn(store.origin, name)
  return { cookies, client: createClient({ baseUrl: store.origin, headers: { cookie: String(cookies) } }) }
}

async function importHostile(): Promise<AppDetails> {
  const bytes = await buffer(packDirectory(bundle))
  const headers = { cookie: String(attacker.cookies), 'content-type': 'application/zip' }
  const body = new Uint8Array(bytes)
  const imported = await fetch(`${store.origin}/api/apps`, { method: 'POST', body, headers })
  const { id } = (await imported.json()) as { id: string }
  return attacker.client.updateApp({ params: { appId: id }, body: { visibility: 'ALL_USERS' } })
}

async function deployed({ client }: { client: Client }, visibility: 'PRIVATE' | 'ALL_USERS'): Promise<Instance> {
  const { id } = await client.launchInstance({ body: { appId: app.id, visibility } })
  return eventually(async () => {
    const instance = await client.getInstance({ params: { instanceId: id } })
    expect(instance.status).toBe('DEPLOYED')
    return instance
  })
}

/** The victim, signed in at the store and at their own instance, who follows a link to the attacker's. */
async function lured(): Promise<Visitor> {
  const visitor = await visit(browser)
  await signInAt(visitor.page, `${store.origin}/catalog`, people.user)
  await visitor.page.getByRole('heading', { name: 'Catalog', level: 1 }).waitFor()
  await visitor.page.goto(`${home.url}echo`)
  await visitor.page.goto(trap.url)
  await visitor.page.getByRole('heading', { name: 'Hostile' }).waitFor()
  return visitor
}

/** Runs one of the app's attacks in the victim's browser and returns what it reports to have achieved. */
async function attack(page: Page, name: string, more: Record<string, string> = {}): Promise<unknown> {
  const targets = { store: store.origin, sibling: new URL(home.url).origin, app: app.id, instance: home.id }
  await page.goto(`${trap.url}?${new URLSearchParams({ attack: name, ...targets, parent: parent(), ...more })}`)
  const result = page.locator('#result:not(:empty)')
  return JSON.parse((await result.textContent()) ?? '')
}

const parent = () => new URL(trap.url).hostname.replace(/^[^.]+\./, '')

const isIntact = async () => {
  const { items } = await victim.client.listInstances({})
  expect(items.map(({ id, visibility, status }) => ({ id, visibility, status }))).toEqual([
    { id: home.id, visibility: 'PRIVATE', status: 'DEPLOYED' },
  ])
}

describe('an app that prints all it receives', () => {
  it('is told who asks, and gets no cookie, ticket or token of the store’s', async () => {
    await using uri = await lured()
    const answer = await uri.page.goto(`${trap.url}echo?deep=link`)
    const { path, headers } = (await answer!.json()) as { path: string; headers: [string, string][] }
    expect(path).toBe('/echo?deep=link')
    expect(headers).toContainEqual(['Wave-User-Name', 'Uri User'])
    const received = JSON.stringify(headers)
    expect(received).not.toMatch(/__host-|wave-ticket|wave-session|wave-oidc|bearer/i)
    for (const { value } of await uri.context.cookies()) expect(received).not.toContain(value)
    const log = await (
      await fetch(`${store.origin}/api/instances/${trap.id}/logs`, { headers: { cookie: String(attacker.cookies) } })
    ).text()
    expect(log).toContain('Uri User')
    for (const { value } of await uri.context.cookies()) expect(log).not.toContain(value)
  })

  it('is not told by somebody who spoofs the facts about who asks', async () => {
    const visitor = new InstanceVisitor(trap.url, victim.cookies)
    await visitor.open('/echo')
    const { body } = await visitor.get('/echo', {
      'Wave-User-Name': 'Ada Admin',
      wave_user_id: 'spoofed',
      'WAVE-IDENTITY': 'spoofed',
      'X-Forwarded-For': '203.0.113.9',
    })
    expect(body).toContain('Uri User')
    expect(body).not.toMatch(/spoofed|Ada Admin|203\.0\.113\.9/)
  })
})

describe('a page of a hostile app', () => {
  it('reads nothing of the store’s API (cross-origin reads)', async () => {
    await using uri = await lured()
    expect(await attack(uri.page, 'readApi')).toEqual({
      cors: 'refused: TypeError',
      opaque: expect.stringMatching(/^(refused: TypeError)?$/),
      script: 'refused',
      image: 'refused',
    })
  })

  it('changes nothing through the store’s API (cross-site requests with the victim’s cookies)', async () => {
    await using uri = await lured()
    expect(await attack(uri.page, 'driveApi')).toMatchObject({
      remove: 'refused: TypeError',
      change: 'refused: TypeError',
    })
    await isIntact()
  })

  it('launches nothing by a form that the whole tab sends (cross-site form)', async () => {
    await using uri = await lured()
    const query = new URLSearchParams({ attack: 'driveByForm', store: store.origin, app: app.id })
    await uri.page.goto(`${trap.url}?${query}`)
    await uri.page.waitForURL(`${store.origin}/**`)
    expect(await uri.page.content()).toMatch(/Not allowed|forbidden/)
    await isIntact()
  })

  it('frames neither the store nor a sibling with the victim’s session (clickjacking)', async () => {
    await using uri = await lured()
    await attack(uri.page, 'frame')
    const frames = uri.page.frames().filter((frame) => frame !== uri.page.mainFrame())
    const shown = await Promise.all(frames.map((frame) => frame.content().catch(() => '')))
    expect(shown.join()).not.toMatch(/Catalog|Uri User/)
  })

  it('reads nothing of a sibling’s app and opens no WebSocket there (same-site requests)', async () => {
    await using uri = await lured()
    expect(await attack(uri.page, 'readSibling')).toMatchObject({
      cors: 'refused: TypeError',
      socket: 'refused',
    })
    const log = await victimsLog()
    expect(log).not.toContain('/socket')
  })

  it('leaves no service worker behind', async () => {
    await using uri = await lured()
    expect(await attack(uri.page, 'leaveWorker')).toMatch(/^(refused|not offered)/)
    await uri.page.goto(trap.url)
    await uri.page.getByRole('heading', { name: 'Hostile' }).waitFor()
  })

  it('reads no cookie of the store’s or the gateway’s (script access)', async () => {
    await using uri = await lured()
    expect(await attack(uri.page, 'stealCookies')).not.toMatch(/wave/i)
  })

  it('keeps no hold on a store that it opened (opener)', async () => {
    await using uri = await lured()
    expect(await attack(uri.page, 'openStore')).toMatchObject({ isCut: true })
  })
})

describe('cookies that a hostile app plants', () => {
  it('by its answers reach neither the ticket nor the store nor a sibling (fixation, cookie tossing)', async () => {
    await using uri = await lured()
    const before = await sessions(uri)
    await uri.page.goto(`${trap.url}planted?parent=${parent()}`)
    expect(await sessions(uri)).toEqual(before)
    expect(JSON.stringify(await uri.context.cookies(home.url))).not.toContain('planted')
    expect(JSON.stringify(await uri.context.cookies(store.origin))).not.toContain('planted')
    await stillSignedIn(uri)
  })

  it('by script take nobody’s session and sign nobody out (fixation for the shared parent)', async () => {
    await using uri = await lured()
    const before = await sessions(uri)
    await attack(uri.page, 'plantCookies')
    expect(await sessions(uri)).toEqual(before)
    expect(JSON.stringify(await uri.context.cookies(store.origin))).not.toContain('planted')
    await stillSignedIn(uri)
  })
})

describe('login forgery', () => {
  it('with the attacker’s code does not make the victim the attacker at a sibling', async () => {
    await using uri = await lured()
    const code = await codeOf(attacker.cookies, trap.id)
    await uri.page.goto(`${trap.url}_wave-store/ticket?code=${code}&return_to=/echo`)
    expect(await uri.page.content()).toContain('Uri User')
    expect(await uri.page.content()).not.toContain('Dana Developer')
  })

  it('with the attacker’s answer of the provider signs the victim in to nothing', async () => {
    await using uri = await visit(browser)
    await uri.page.goto(`${store.origin}/auth/callback?code=forged&state=forged`)
    expect(await uri.page.content()).toContain('was not begun in this browser')
    const cookies = await uri.context.cookies(store.origin)
    expect(cookies.map((cookie) => cookie.name)).not.toContain('__Host-wave-session')
  })
})

/** The cookies by which the store and its instances know the victim. */
async function sessions({ context }: Visitor) {
  const cookies = await context.cookies([store.origin, trap.url, home.url])
  return cookies
    .filter(({ name }) => /^__Host-wave-(session|ticket)$/.test(name))
    .map(({ name, value, domain }) => ({ name, value, domain }))
}

async function stillSignedIn({ page }: Visitor): Promise<void> {
  await page.goto(`${home.url}echo`)
  expect(await page.content()).toContain('Uri User')
  await page.goto(`${store.origin}/instances`)
  await page.getByRole('row', { name: /Hostile app/ }).waitFor()
}

async function victimsLog(): Promise<string> {
  const headers = { cookie: String(victim.cookies) }
  return (await fetch(`${store.origin}/api/instances/${home.id}/logs`, { headers })).text()
}

/** A one-time code for an instance, made for a nonce that only its owner knows. */
async function codeOf(cookies: CookieJar, instance: string): Promise<string> {
  const query = new URLSearchParams({ instance, nonce: 'x'.repeat(43), return_to: '/echo' })
  const headers = { cookie: String(cookies) }
  const response = await fetch(`${store.origin}/auth/instance?${query}`, { headers, redirect: 'manual' })
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
}
