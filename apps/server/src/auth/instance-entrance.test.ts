import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Instance } from '@wave-store/contract'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { CookieJar, eventually, follow, InstanceVisitor } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

const hour = 3_600_000
const clock = { ms: Date.now() }
const nonce = 'x'.repeat(43)
let app: Server
let store: TestStore
let dana: TestPerson
let instance: Instance
beforeAll(async () => {
  app = createServer((request, response) => response.end(`app: ${request.url}`)).listen(0, '127.0.0.1')
  await once(app, 'listening')
  const { port } = app.address() as AddressInfo
  const runtime = new InMemoryRuntime({ address: () => ({ host: '127.0.0.1', port }) })
  store = await startTestStore({ runtime, clock: { now: () => clock.ms } })
  dana = await store.as('dana')
  const { id: appId } = await dana.importBundle(await demoBundle())
  const { id } = await dana.client.launchInstance({ body: { appId } })
  instance = await dana.deployed(id)
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  app.closeAllConnections()
  app.close()
})

const entrance = (query: Record<string, string>) => `${store.origin}/auth/instance?${new URLSearchParams(query)}`

async function enter(query: Record<string, string>, cookies: CookieJar) {
  const headers = { cookie: String(cookies), accept: 'text/html' }
  const response = await fetch(entrance(query), { headers, redirect: 'manual' })
  return { status: response.status, location: response.headers.get('location'), body: await response.text() }
}

describe('the way to an instance', () => {
  it('leads somebody who is not signed in to sign-in, whether there is such an instance or not', async () => {
    for (const id of [instance.id, randomUUID(), 'an-alias']) {
      const { url, status } = await follow(new CookieJar(), entrance({ instance: id, nonce, return_to: '/' }))
      expect(status).toBe(200)
      expect(new URL(url).pathname).toMatch(/^\/auth\/interaction\//)
    }
  })

  it('ends for somebody signed in at the same 404 for a hidden instance and for none', async () => {
    const { cookies } = await store.as('uri')
    const missing = randomUUID()
    const [hidden, none] = await Promise.all(
      [instance.id, missing].map((id) => enter({ instance: id, nonce, return_to: '/' }, cookies)),
    )
    expect(hidden!.status).toBe(404)
    const anonymised = (body: string, id: string) => body.replace(id, '<id>').replace(/Request [\w-]+/, '')
    expect(anonymised(none!.body, missing)).toBe(anonymised(hidden!.body, instance.id))
  })

  it('ends at a 404 for an instance that was terminated, instead of a loop', async () => {
    const { id: appId } = await dana.importBundle(await demoBundle({ name: 'short.lived' }))
    const { id, url } = await dana.client.launchInstance({ body: { appId } })
    await dana.client.terminateInstance({ params: { instanceId: id } })
    expect((await enter({ instance: id, nonce, return_to: '/' }, dana.cookies)).status).toBe(404)
    const visitor = new InstanceVisitor(url, dana.cookies)
    await eventually(async () => expect((await visitor.get('/')).status).toBe(401))
  })

  it('with prompt=none leads back without a code who would have to be asked or may not enter', async () => {
    const uri = await store.as('uri')
    for (const cookies of [new CookieJar(), uri.cookies])
      for (const id of [instance.id, randomUUID()]) {
        const { status, location } = await enter({ instance: id, nonce, return_to: '/a?b=1', prompt: 'none' }, cookies)
        expect(status).toBe(302)
        const { host } = new URL(store.origin)
        expect(location).toBe(`http://${id}.${host}/_wave-store/ticket?return_to=%2Fa%3Fb%3D1`)
      }
  })

  it.each([
    ['no instance', { nonce }],
    ['a name that is no label', { instance: 'evil.example/x', nonce }],
    ['a name with a port', { instance: 'evil.example:80#', nonce }],
    ['a nonce that is none', { instance: 'abc', nonce: 'short' }],
    ['a nonce with a line break', { instance: 'abc', nonce: `${'x'.repeat(41)}\r\n` }],
  ])('is no way with %s', async (_name, query) => {
    for (const prompt of ['none', 'login']) {
      const { status, location } = await enter({ ...query, return_to: '/', prompt }, dana.cookies)
      expect([status, location]).toEqual([400, null])
    }
  })

  it.each(['//evil.example/', '/\\evil.example', '/.//evil.example', 'https://evil.example/', '/a\r\nX: y'])(
    'does not lead on to %j',
    async (returnTo) => {
      const { status, location } = await enter({ instance: instance.id, nonce, return_to: returnTo }, dana.cookies)
      expect(status).toBe(302)
      const url = new URL(location!)
      expect(url.origin).toBe(new URL(instance.url).origin)
      const back = new URL(url.searchParams.get('return_to')!, url)
      expect(back.origin).toBe(url.origin)
    },
  )
})

describe('a ticket', () => {
  it('is exchanged for a fresh one at the first page after half of its time, without a word', async () => {
    const visitor = new InstanceVisitor(instance.url, dana.cookies)
    await visitor.open('/')
    const first = visitor.cookie
    clock.ms += 3 * hour
    await visitor.open('/deep?a=1')
    expect(visitor.cookie).toBe(first)
    clock.ms += 2 * hour
    expect((await visitor.get('/api')).status).toBe(200)
    expect(visitor.cookie).toBe(first)
    // What was asked a moment ago is kept for that long in real time, which a test's clock knows nothing of.
    await eventually(async () => {
      expect(await visitor.open('/deep?a=1')).toMatchObject({ status: 200, body: 'app: /deep?a=1' })
      expect(visitor.cookie).not.toBe(first)
    })
    clock.ms += 4 * hour - 1
    expect((await visitor.get('/api')).status).toBe(200)
  })

  it('that is aging is good to its end where the store knows the browser no longer', async () => {
    const jar = new CookieJar()
    jar.take((await store.as('dana')).cookies.pairs())
    const visitor = new InstanceVisitor(instance.url, jar)
    await visitor.open('/')
    const ticket = visitor.cookie
    clock.ms += 5 * hour
    const forgotten = new InstanceVisitor(instance.url, new CookieJar())
    forgotten.take([ticket])
    for (let round = 0; round < 3; round++)
      expect(await forgotten.open('/deep')).toMatchObject({ status: 200, body: 'app: /deep' })
    expect(forgotten.cookie).toContain(ticket)
  })

  it('keeps its session in use by requests, and not by connections that are only open', async () => {
    const uses = async () => (await dana.client.listSessions()).items.map(({ lastUsedAt }) => lastUsedAt)
    const other = await store.as('dana')
    const visitor = new InstanceVisitor(instance.url, other.cookies)
    await visitor.open('/')
    clock.ms += 5 * 60_000
    await dana.client.getSession()
    const before = await uses()
    const { tickets } = store.store.context
    const ticket = visitor.cookie.split('__Host-wave-ticket=')[1]!
    await tickets.holderOf(ticket, instance.id)
    expect(await uses()).toEqual(before)
    await eventually(async () => {
      await visitor.get('/')
      expect(await uses()).not.toEqual(before)
    })
  })
})
