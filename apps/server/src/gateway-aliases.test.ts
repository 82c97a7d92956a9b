import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Instance } from '@wave-store/contract'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { eventually } from '@wave-store/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { appOf, listen } from './gateway/testing/open-gateway.ts'
import { TestBrowser } from './testing/browser.ts'
import { demoBundle } from './testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from './testing/test-store.ts'

let app: Server
let store: TestStore
let dana: TestPerson
let uri: TestPerson
beforeAll(async () => {
  app = appOf((request, response) => {
    const { 'wave-identity': identity, 'wave-instance-id': id, 'x-forwarded-host': host } = request.headers
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ url: request.url, identity, id, host }))
  })
  new WebSocketServer({ server: app })
  const address = await listen(app)
  store = await startTestStore({
    runtime: new InMemoryRuntime({ address: () => address }),
    environment: {
      WAVE_STORE_PUBLIC_MODE: 'true',
      WAVE_STORE_INSTANCES_PER_USER: '100',
      WAVE_STORE_ALIASES_PER_USER: '100',
    },
  })
  ;[dana, uri] = await Promise.all([store.as('dana'), store.as('uri')])
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  app.closeAllConnections()
  app.close()
})

const browserOf = ({ cookies }: TestPerson) => new TestBrowser({ origin: store.origin, cookies })
const newName = () => `n${randomUUID().slice(0, 8)}`

async function deployed(visibility: 'PRIVATE' | 'PUBLIC' = 'PRIVATE', runtime?: string): Promise<Instance> {
  const bundle = await demoBundle({ name: `alias.${randomUUID()}`, ...(runtime !== undefined && { runtime }) })
  const { id: appId } = await dana.importBundle(bundle)
  const { id } = await dana.client.launchInstance({ body: { appId, visibility } })
  return dana.deployed(id)
}

/** The origin of a name that leads to the instance. */
async function named(instance: Instance, isPrimary?: boolean) {
  const name = newName()
  const alias = await dana.client.createAlias({ body: { name, instanceId: instance.id, isPrimary } })
  return { name, origin: new URL(alias.url).origin }
}
const move = (name: string, { id }: Instance) =>
  dana.client.updateAlias({ params: { name }, body: { instanceId: id, isPrimary: true } })
const originOf = ({ id }: Instance) => `http://${id}.${new URL(store.origin).host}`

test('every address of an instance leads to its primary name, through sign-in, with path and query', async () => {
  const instance = await deployed()
  const primary = await named(instance)
  const other = await named(instance)
  for (const origin of [originOf(instance), other.origin, primary.origin]) {
    const page = await browserOf(dana).open(`${origin}/deep?a=1&b=%20`)
    expect(page.url).toBe(`${primary.origin}/deep?a=1&b=%20`)
    expect(JSON.parse(page.body)).toMatchObject({ url: '/deep?a=1&b=%20', id: instance.id })
    expect(page.hops.map(({ status }) => status)).not.toContain(307)
  }
})

test('an old form of the address leads to the primary name as well', async () => {
  const instance = await deployed('PRIVATE', 'Module = "app"\nRoutingMode = "BASE_URL"')
  const { name, origin } = await named(instance)
  const right = `${origin}/instance/${instance.id}/x?a=1`
  const forms = [
    `${store.origin}/instance/${instance.id}/x?a=1`,
    `${store.origin}/instance/${name}/x?a=1`,
    `${originOf(instance)}/instance/${instance.id}/x?a=1`,
    `${originOf(instance)}/instance/${name}/x?a=1`,
    `${origin}/instance/${name}/x?a=1`,
  ]
  for (const form of forms) {
    const page = await browserOf(dana).open(form)
    expect([form, page.url]).toEqual([form, right])
    expect(JSON.parse(page.body).url).toBe(`/instance/${instance.id}/x?a=1`)
  }
})

test('a page that is open at an address goes on there when another one becomes the primary one', async () => {
  const instance = await deployed()
  const browser = browserOf(dana)
  await browser.open(`${originOf(instance)}/`)
  const { host, port } = new URL(originOf(instance))
  const socket = new WebSocket(`ws://127.0.0.1:${port}/_s/`, { headers: { host, cookie: browser.cookieAt(host) } })
  await once(socket, 'open')
  const { origin } = await named(instance)
  await eventually(async () => expect((await browser.open(`${originOf(instance)}/`)).url).toBe(`${origin}/`))
  expect((await browser.fetch(`${originOf(instance)}/api`)).status).toBe(200)
  expect(socket.readyState).toBe(WebSocket.OPEN)
  socket.terminate()
})

test('who asks is told with the instance’s own address as the audience, under every name', async () => {
  const instance = await deployed()
  const { origin } = await named(instance)
  const { body } = await browserOf(dana).open(`${origin}/`)
  const { identity, host } = JSON.parse(body)
  expect(decodeJwt(identity).aud).toBe(originOf(instance))
  expect(host).toBe(new URL(origin).host)
})

test('a name that moves leads to the other instance within a second, and has browsers forget', async () => {
  const [first, second] = [await deployed(), await deployed()]
  const { name, origin } = await named(first)
  const browser = browserOf(dana)
  expect(JSON.parse((await browser.open(`${origin}/`)).body).id).toBe(first.id)
  const { host, port } = new URL(origin)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/_s/`, { headers: { host, cookie: browser.cookieAt(host) } })
  await once(socket, 'open')
  const closed = once(socket, 'close').then(() => performance.now())
  await move(name, second)
  const movedAt = performance.now()
  expect((await closed) - movedAt).toBeLessThan(1000)
  const page = await browser.open(`${origin}/x?a=1`)
  expect(JSON.parse(page.body)).toMatchObject({ id: second.id, url: '/x?a=1' })
  expect(page.hops.filter(({ headers }) => headers['clear-site-data'])).toHaveLength(2)
  expect((await browser.open(`${origin}/`)).hops).toEqual([])
  expect(JSON.parse((await browserOf(dana).open(originOf(first))).body).id).toBe(first.id)
})

test('a moved name of an instance that is open to all has browsers forget as well', async () => {
  const [first, second] = [await deployed('PUBLIC'), await deployed('PUBLIC')]
  const { name, origin } = await named(first)
  const browser = new TestBrowser()
  expect((await browser.open(`${origin}/`)).hops).toEqual([])
  await move(name, second)
  await eventually(async () => expect((await browser.fetch(`${origin}/api`)).status).toBe(409))
  const page = await browser.open(`${origin}/`)
  expect(JSON.parse(page.body).id).toBe(second.id)
  expect(page.hops[0]!.headers['clear-site-data']).toContain('"storage"')
  expect((await browser.fetch(`${origin}/api`)).status).toBe(200)
})

test('a name whose instance was terminated says so to its owner, and to others what any name says', async () => {
  const instance = await deployed()
  const { name, origin } = await named(instance)
  await dana.client.terminateInstance({ params: { instanceId: instance.id } })
  await eventually(async () => expect(await store.store.context.instances.byId(instance.id)).toBeUndefined())
  const own = await browserOf(dana).open(`${origin}/`)
  expect(own).toMatchObject({ status: 404, body: expect.stringContaining(`The instance that ${name} led to was`) })
  const theirs = await browserOf(uri).open(`${origin}/`)
  const unknown = await browserOf(uri).open(origin.replace(name, 'nobodys'))
  expect(theirs.status).toBe(404)
  const neutral = (body: string) =>
    body
      .replaceAll(name, '')
      .replaceAll('nobodys', '')
      .replaceAll(/[\w-]{36}/g, '')
  expect(neutral(theirs.body)).toBe(neutral(unknown.body))
})

test('a name that somebody may not open is to them like one that nobody has', async () => {
  const { name, origin } = await named(await deployed())
  const hidden = await browserOf(uri).open(`${origin}/`)
  const unknown = await browserOf(uri).open(origin.replace(name, 'nobodys'))
  const path = (url: string) => new URL(url).pathname
  expect(hidden.hops.map((hop) => [hop.status, path(hop.url)])).toEqual(
    unknown.hops.map((hop) => [hop.status, path(hop.url)]),
  )
  expect(hidden.status).toBe(unknown.status)
})
