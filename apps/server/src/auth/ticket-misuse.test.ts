import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import type { Instance } from '@wave-store/contract'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { CookieJar, eventually, InstanceVisitor } from '@wave-store/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const clock = { ms: Date.now() }
let log = ''
let app: Server
let store: TestStore
let dana: TestPerson
let one: Instance
let two: Instance
beforeAll(async () => {
  app = createServer((_request, response) => response.end('the app')).listen(0, '127.0.0.1')
  await once(app, 'listening')
  const { port } = app.address() as AddressInfo
  const runtime = new InMemoryRuntime({ address: () => ({ host: '127.0.0.1', port }) })
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk)
      done()
    },
  })
  store = await startTestStore({ runtime, clock: { now: () => clock.ms }, logger: pino({ level: 'debug' }, stream) })
  dana = await store.as('dana')
  const { id } = await dana.importBundle(await demoBundle())
  ;[one, two] = [await deployed(id), await deployed(id)]
})
beforeEach(() => {
  log = ''
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  app.closeAllConnections()
  app.close()
})

async function deployed(appId: string): Promise<Instance> {
  const { id } = await dana.client.launchInstance({ body: { appId } })
  return eventually(async () => {
    const instance = await dana.client.getInstance({ params: { instanceId: id } })
    expect(instance.status).toBe('DEPLOYED')
    return instance
  })
}

/** A browser that was sent to the store with a nonce, and the code that it got there. */
async function onTheWay(instance: Instance) {
  const nonce = randomBytes(16).toString('base64url')
  const nonceHash = createHash('sha256').update(nonce).digest('base64url')
  const query = new URLSearchParams({ instance: instance.id, nonce: nonceHash, return_to: '/' })
  const headers = { cookie: String(dana.cookies) }
  const response = await fetch(`${store.origin}/auth/instance?${query}`, { headers, redirect: 'manual' })
  const code = new URL(response.headers.get('location')!).searchParams.get('code')!
  return { nonce, code }
}

/** Comes to an instance with a code and a nonce; what it got is in its cookie. */
async function arrive(instance: Instance, { nonce, code }: { nonce: string; code: string }) {
  const browser = new InstanceVisitor(instance.url, new CookieJar())
  browser.take([`__Host-wave-nonce=${nonce}`])
  const { status } = await browser.get(`/_wave-store/ticket?code=${code}&return_to=/`, navigation)
  return { status, hasTicket: browser.cookie.includes('__Host-wave-ticket='), browser }
}

test('a code is good once, for its instance, its browser and a minute', async () => {
  const way = await onTheWay(one)
  expect((await arrive(one, way)).hasTicket).toBe(true)
  expect(log).not.toContain('was not taken')
})

test.each<[string, string, () => Promise<[Instance, { nonce: string; code: string }]>]>([
  [
    'that was used',
    'unknown or used',
    async () => {
      const way = await onTheWay(one)
      await arrive(one, way)
      return [one, way]
    },
  ],
  ['that nobody issued', 'unknown or used', async () => [one, { ...(await onTheWay(one)), code: 'forged' }]],
  ['of another instance', 'made for another instance', async () => [two, await onTheWay(one)]],
  [
    'of another browser',
    'made for another browser',
    async () => [one, { ...(await onTheWay(one)), nonce: 'n'.repeat(22) }],
  ],
  [
    'that is older than a minute',
    'expired',
    async () => {
      const way = await onTheWay(one)
      clock.ms += 60_001
      return [one, way]
    },
  ],
])('a code %s gives no ticket, and the log says why', async (_name, why, make) => {
  const [instance, way] = await make()
  const { status, hasTicket } = await arrive(instance, way)
  expect([status, hasTicket]).toEqual([302, false])
  expect(log).toContain(why)
  for (const secret of [way.nonce, way.code]) expect(log).not.toContain(secret)
})

test('a code that was tried in the wrong place is used up', async () => {
  const way = await onTheWay(one)
  await arrive(two, way)
  expect((await arrive(one, way)).hasTicket).toBe(false)
})

test('a code ends with the session that it came from', async () => {
  const way = await onTheWay(one)
  await dana.client.signOut()
  const { browser } = await arrive(one, way)
  expect((await browser.get('/')).status).toBe(401)
  dana = await store.as('dana')
})

test.each<[string, (ticket: string) => string]>([
  ['of another instance', (ticket) => ticket],
  ['that is cut short', (ticket) => ticket.slice(0, -1)],
  ['that holds SQL', () => "' or 1=1 --"],
  ['that is very long', () => 'x'.repeat(20_000)],
  ['that is empty', () => ''],
])('a ticket %s opens nothing', async (_name, change) => {
  const { browser } = await arrive(one, await onTheWay(one))
  const ticket = /__Host-wave-ticket=([^;]+)/.exec(browser.cookie)![1]!
  const other = new InstanceVisitor(two.url, new CookieJar())
  other.take([`__Host-wave-ticket=${change(ticket)}`])
  expect((await other.get('/')).status).toBe(401)
  expect(log).not.toContain(ticket)
})

test('a ticket ends after eight hours, however much it is used', async () => {
  const { browser } = await arrive(one, await onTheWay(one))
  for (let passed = 0; passed < 8; passed++) {
    expect((await browser.get('/')).status).toBe(200)
    clock.ms += 3_600_000
  }
  await eventually(async () => expect((await browser.get('/')).status).toBe(401))
})
