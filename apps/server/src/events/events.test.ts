import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { eventually } from '@wave-store/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventReader } from '../testing/event-reader.ts'
import { LifecycleWorld } from '../testing/lifecycle-world.ts'
import { InstanceFeed } from './instance-feed.ts'

let world: LifecycleWorld
beforeEach(async () => {
  world = await LifecycleWorld.open({ environment: { WAVE_STORE_FULL_ACCESS_ROLE: 'full' } })
})
afterEach(() => world[Symbol.asyncDispose]())

const statusOf = (id: string, status: string) => (event: { kind: string }) =>
  'instance' in event && JSON.stringify(event.instance).includes(id) && JSON.stringify(event).includes(`"${status}"`)
const gone = (id: string) => (event: object) => 'instanceId' in event && event.instanceId === id

describe('whoever follows events', () => {
  it('is told of their own instances as they come, change and go', async () => {
    await using reader = await EventReader.open(world.dana)
    const id = await world.launch(await world.app())
    await reader.until(statusOf(id, 'DEPLOYED'))
    await world.dana.client.suspendInstance({ params: { instanceId: id } })
    await reader.until(statusOf(id, 'SUSPENDED'))
    await world.dana.client.terminateInstance({ params: { instanceId: id } })
    await reader.until(gone(id))
    expect(reader.events[0]).toEqual({ kind: 'hello' })
  })

  it('is told of one instance, or those of one app, for as long as they may see them', async () => {
    const appId = await world.app()
    const id = await world.launch(appId)
    const body = { visibility: 'ALL_USERS' } as const
    await world.dana.client.updateApp({ params: { appId }, body })
    const uri = await world.store.as('uri')
    expect((await uri.fetch(`/api/events?instanceId=${id}`)).status).toBe(404)
    await using ofApp = await EventReader.open(uri, `?appId=${appId}`)
    await world.dana.client.updateInstance({ params: { instanceId: id }, body })
    await ofApp.until(statusOf(id, 'ALL_USERS'))
    await using ofOne = await EventReader.open(uri, `?instanceId=${id}`)
    await world.dana.client.updateInstance({ params: { instanceId: id }, body: { visibility: 'PRIVATE' } })
    for (const reader of [ofApp, ofOne]) await reader.until(gone(id))
  })

  it('hears no more when they are nobody here any longer', async () => {
    await using reader = await EventReader.open(world.dana)
    await world.dana.client.endAllSessions()
    await reader.ended
  })

  it('may do so in twenty places, and not in one more', async () => {
    const readers = await Promise.all(Array.from({ length: 20 }, () => EventReader.open(world.dana)))
    const refused = await world.dana.fetch('/api/events')
    expect(refused.status).toBe(429)
    await refused.arrayBuffer()
    for (const reader of readers) await reader[Symbol.asyncDispose]()
    await eventually(async () => void (await (await EventReader.open(world.dana))[Symbol.asyncDispose]()))
  })

  it('leaves nothing behind', async () => {
    const { events, instanceChanges } = world.store.store.context
    const before = instanceChanges.size
    for (let round = 0; round < 20; round++) {
      const readers = await Promise.all(Array.from({ length: 10 }, () => EventReader.open(world.dana)))
      await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()))
      await eventually(() => expect(events.size).toBe(0))
    }
    expect(instanceChanges.size).toBe(before)
  })

  it('and never reads is dropped', async () => {
    const { context } = world.store.store
    const id = await world.launch(await world.app())
    const row = (await context.instances.byId(id))!
    const actor = (await context.people.byId(row.ownerId))!
    const dropped = Promise.withResolvers<void>()
    const server = createServer((_request, response) => {
      response.once('close', () => dropped.resolve())
      const feed = new InstanceFeed(context, response, { actor, again: async () => actor, scope: {}, known: [] })
      for (let count = 0; count < 5000; count++) feed.changed(new Map([[id, row]]))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause()
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await dropped.promise
    client.destroy()
    server.close()
  })
})

it('a store that ends does not wait for those who follow', async () => {
  const reader = await EventReader.open(world.dana)
  const begun = performance.now()
  await world.store.store[Symbol.asyncDispose]()
  expect(performance.now() - begun).toBeLessThan(4000)
  await reader.ended
})
