import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Instance } from '@wave-store/contract'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { CookieJar, eventually, InstanceVisitor } from '@wave-store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { demoBundle } from './testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from './testing/test-store.ts'

let app: Server
let store: TestStore
let dana: TestPerson
let admin: TestPerson
beforeAll(async () => {
  app = createServer((_request, response) => response.end('the app')).listen(0, '127.0.0.1')
  new WebSocketServer({ server: app })
  await once(app, 'listening')
  const { port } = app.address() as AddressInfo
  const runtime = new InMemoryRuntime({ address: () => ({ host: '127.0.0.1', port }) })
  const environment = {
    WAVE_STORE_FULL_ACCESS_ROLE: 'full',
    WAVE_STORE_PUBLIC_MODE: 'true',
    WAVE_STORE_INSTANCES_PER_USER: '100',
  }
  store = await startTestStore({ runtime, environment })
  ;[dana, admin] = await Promise.all([store.as('dana'), store.as('admin')])
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  app.closeAllConnections()
  app.close()
})

async function deployed(visibility: 'PRIVATE' | 'ALL_USERS' | 'PUBLIC', lines = '') {
  const { id: appId } = await dana.importBundle(await demoBundle({ name: `guard.${randomUUID()}`, app: lines }))
  await dana.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
  const { id } = await dana.client.launchInstance({ body: { appId } })
  await store.store.context.instances.setVisibility(id, visibility)
  return eventually(async () => {
    const instance = await dana.client.getInstance({ params: { instanceId: id } })
    expect(instance.status).toBe('DEPLOYED')
    return instance
  })
}

/** A person with an account of this store, who can be disabled. */
async function newPerson(roles: string[]): Promise<{ id: string; person: TestPerson }> {
  const username = `p${randomUUID().slice(0, 8)}`
  const body = { username, name: username, email: `${username}@example.com`, roles }
  const { account, oneTimePassword } = await admin.client.createAccount({ body })
  const credentials = { username, password: oneTimePassword, newPassword: 'correct horse battery' }
  return { id: account.id, person: await store.as(credentials) }
}

function openSocket(instance: Instance, cookie: string): WebSocket {
  const { host, port } = new URL(instance.url)
  return new WebSocket(`ws://127.0.0.1:${port}/_s/`, { headers: { host, cookie } })
}

/** Somebody with a page and a WebSocket open; null: nobody in particular. */
async function visiting(instance: Instance, person: TestPerson | null) {
  const visitor = new InstanceVisitor(instance.url, person?.cookies ?? new CookieJar())
  expect(await visitor.open()).toMatchObject({ status: 200, body: 'the app' })
  const socket = openSocket(instance, visitor.cookie)
  await once(socket, 'open')
  return { visitor, socket }
}

/** The second where a request was under way in that moment. */
const ended = [401, 404]

/** Asks all the time, so that whatever is kept for a moment is kept, and sees the right end within a second. */
async function expectCutOff({ visitor, socket }: Awaited<ReturnType<typeof visiting>>, change: () => Promise<unknown>) {
  expect((await visitor.get('/')).status).toBe(200)
  const closed = once(socket, 'close').then(() => performance.now())
  await change()
  const changedAt = performance.now()
  let status = 200
  while (status === 200) status = (await visitor.get('/')).status
  const refusedAt = performance.now()
  expect(refusedAt - changedAt).toBeLessThan(1000)
  expect((await closed) - changedAt).toBeLessThan(1000)
  return status
}

test('an instance that becomes PRIVATE cuts off who is not its owner, and nobody else', async () => {
  const instance = await deployed('ALL_USERS')
  const owner = await visiting(instance, dana)
  const uri = await visiting(instance, await store.as('uri'))
  const params = { instanceId: instance.id }
  const status = await expectCutOff(uri, () => dana.client.updateInstance({ params, body: { visibility: 'PRIVATE' } }))
  expect(status).toBe(404)
  expect((await owner.visitor.get('/')).status).toBe(200)
  expect(owner.socket.readyState).toBe(WebSocket.OPEN)
  owner.socket.terminate()
})

test('somebody who signs out is cut off', async () => {
  const uri = await store.as('uri')
  const visit = await visiting(await deployed('ALL_USERS'), uri)
  expect(await expectCutOff(visit, () => uri.client.signOut())).toBeOneOf(ended)
})

test('somebody whose session is ended in another browser is cut off', async () => {
  const [here, there] = [await store.as('uri'), await store.as('uri')]
  const visit = await visiting(await deployed('ALL_USERS'), there)
  const { items } = await here.client.listSessions()
  const others = items.filter((session) => !session.isCurrent)
  const status = await expectCutOff(visit, () =>
    Promise.all(others.map(({ id }) => here.client.endSession({ params: { sessionId: id } }))),
  )
  expect(status).toBeOneOf(ended)
})

test('somebody whose account is disabled is cut off', async () => {
  const { id, person } = await newPerson(['full'])
  const visit = await visiting(await deployed('ALL_USERS'), person)
  const disable = () => admin.client.updateAccount({ params: { accountId: id }, body: { isDisabled: true } })
  expect(await expectCutOff(visit, disable)).toBeOneOf(ended)
})

test('a visitor is cut off from a MANAGED app that loses the tag which admitted them', async () => {
  const { person } = await newPerson(['analyst'])
  const instance = await deployed('ALL_USERS', 'InstanceLifecycle = "MANAGED"')
  const tag = await admin.client.createTag({ body: { name: 'analysts', visitorRoles: ['analyst'] } })
  const params = { appId: instance.app.id, tagId: tag.id }
  await dana.client.assignTag({ params })
  const visit = await visiting(instance, person)
  expect(await expectCutOff(visit, () => dana.client.removeTag({ params }))).toBe(404)
})

test('a terminated instance cuts everybody off', async () => {
  const instance = await deployed('PRIVATE')
  const visit = await visiting(instance, dana)
  const terminate = () => dana.client.terminateInstance({ params: { instanceId: instance.id } })
  expect(await expectCutOff(visit, terminate)).toBeOneOf(ended)
  const again = new InstanceVisitor(instance.url, dana.cookies)
  expect((await again.open()).status).toBe(302)
})

test('a PUBLIC instance that is closed to the public cuts off who did not sign in', async () => {
  const instance = await deployed('PUBLIC')
  const visit = await visiting(instance, null)
  const params = { instanceId: instance.id }
  const close = () => dana.client.updateInstance({ params, body: { visibility: 'ALL_USERS' } })
  expect(await expectCutOff(visit, close)).toBeOneOf(ended)
})

test('at a PUBLIC instance somebody who signs out does not stay who they were', async () => {
  const instance = await deployed('ALL_USERS')
  const uri = await store.as('uri')
  const { visitor, socket } = await visiting(instance, uri)
  await store.store.context.instances.setVisibility(instance.id, 'PUBLIC')
  const closed = once(socket, 'close')
  const changedAt = performance.now()
  await uri.client.signOut()
  await closed
  expect(performance.now() - changedAt).toBeLessThan(1000)
  expect((await visitor.get('/')).status).toBe(200)
})
