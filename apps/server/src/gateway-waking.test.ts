import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { Instance } from '@wave-store/contract'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { CookieJar, eventually, InstanceVisitor } from '@wave-store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOf, listen } from './gateway/testing/open-gateway.ts'
import { demoBundle } from './testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from './testing/test-store.ts'

let app: Server
let store: TestStore
let dana: TestPerson
beforeAll(async () => {
  app = appOf((request, response) => response.end(`app: ${request.url}`))
  const address = await listen(app)
  store = await startTestStore({
    runtime: new InMemoryRuntime({ address: () => address }),
    environment: { WAVE_STORE_PUBLIC_MODE: 'true', WAVE_STORE_INSTANCES_PER_USER: '100' },
  })
  dana = await store.as('dana')
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  app.close()
})

async function sleeping(visibility: 'PRIVATE' | 'ALL_USERS' | 'PUBLIC'): Promise<Instance> {
  const { id: appId } = await dana.importBundle(await demoBundle({ name: `waking.${randomUUID()}` }))
  const { id: instanceId } = await dana.client.launchInstance({ body: { appId, visibility } })
  await dana.deployed(instanceId)
  return dana.client.suspendInstance({ params: { instanceId } })
}

const statusOf = async ({ id }: Instance) => (await dana.client.getInstance({ params: { instanceId: id } })).status

async function wakings({ id }: Instance) {
  const events = await store.store.context.db.selectFrom('auditEvent').selectAll().where('targetId', '=', id).execute()
  return events.filter(({ action }) => action === 'instance.wake').map(({ actorName, actorId }) => actorId && actorName)
}

test('the owner who comes back finds the app at the path that they opened', async () => {
  const instance = await sleeping('PRIVATE')
  const visitor = new InstanceVisitor(instance.url, dana.cookies)
  const waiting = await visitor.open('/deep?a=1')
  expect(waiting.body).toContain('<title>Starting ')
  await eventually(async () => expect((await visitor.open('/deep?a=1')).body).toBe('app: /deep?a=1'))
  expect(await wakings(instance)).toEqual(['Dana Developer'])
})

test('somebody else who may open it wakes it, in their own name', async () => {
  const instance = await sleeping('ALL_USERS')
  const uri = await store.as('uri')
  await expect(uri.client.resumeInstance({ params: { instanceId: instance.id } })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await new InstanceVisitor(instance.url, uri.cookies).open()
  await dana.deployed(instance.id)
  expect(await wakings(instance)).toEqual(['Uri User'])
})

test('who may not open it does not wake it', async () => {
  const instance = await sleeping('PRIVATE')
  const uri = await store.as('uri')
  const visitor = new InstanceVisitor(instance.url, uri.cookies)
  await expect(visitor.open()).resolves.toMatchObject({ status: 302 })
  expect(await statusOf(instance)).toBe('SUSPENDED')
  expect(await wakings(instance)).toEqual([])
})

test('a script of somebody who may open it does not wake it', async () => {
  const instance = await sleeping('PRIVATE')
  const visitor = new InstanceVisitor(instance.url, dana.cookies)
  await visitor.open()
  await dana.deployed(instance.id)
  await dana.client.suspendInstance({ params: { instanceId: instance.id } })
  const answer = await visitor.get('/api', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' })
  expect(answer).toMatchObject({ status: 503, body: expect.stringContaining('asleep') })
  expect(await statusOf(instance)).toBe('SUSPENDED')
})

test('an app that cannot run here any more says so instead of waking', async () => {
  const instance = await sleeping('PRIVATE')
  const { db } = store.store.context
  const { manifestJson } = await db
    .selectFrom('app')
    .select('manifestJson')
    .where('id', '=', instance.app.id)
    .executeTakeFirstOrThrow()
  const manifest = JSON.parse(manifestJson) as { runtime: object }
  const changed = JSON.stringify({ ...manifest, runtime: { ...manifest.runtime, gpu: { count: 1 } } })
  await db.updateTable('app').set({ manifestJson: changed }).where('id', '=', instance.app.id).execute()
  const page = await new InstanceVisitor(instance.url, dana.cookies).open()
  expect(page.body).toContain('there are no GPUs here')
  expect(await statusOf(instance)).toBe('SUSPENDED')
  const params = { instanceId: instance.id }
  await expect(dana.client.resumeInstance({ params })).rejects.toMatchObject({ code: 'cannot_launch' })
})

test('nobody in particular wakes a PUBLIC instance, only so often', async () => {
  const instances = await Promise.all(Array.from({ length: 11 }, () => sleeping('PUBLIC')))
  const answers: number[] = []
  for (const { url } of instances) {
    const { status } = await new InstanceVisitor(url, new CookieJar()).open()
    answers.push(status)
  }
  expect(answers.slice(0, 10)).not.toContain(429)
  expect(answers.at(-1)).toBe(429)
  expect(await wakings(instances[0]!)).toEqual([null])
  expect(await statusOf(instances.at(-1)!)).toBe('SUSPENDED')
})
