import { eventually } from '@wave-store/testing'
import { afterEach, expect, it } from 'vitest'
import { LifecycleWorld, type WorldOptions } from '../testing/lifecycle-world.ts'

let world: LifecycleWorld
afterEach(() => world[Symbol.asyncDispose]())
const open = async (options?: WorldOptions) => {
  world = await LifecycleWorld.open(options)
}
const reserving = (size: string) => ({
  runtime: `AppMode = "python"\nModule = "app"\nPort = 8000\nMemoryLimit = "${size}"\nMemoryReservation = "${size}"`,
})

it('starts so many at a time, in the order they were asked for, and tells the others their places', async () => {
  await open({ behaviour: () => ({ phase: 'installing' }), environment: { WAVE_STORE_MAX_STARTS: '2' } })
  const appId = await world.app()
  const ids: string[] = []
  for (let count = 0; count < 4; count++) ids.push(await world.launch(appId))
  const third = await world.until(ids[2]!, ({ queue }) => queue !== null)
  expect(third).toMatchObject({ status: 'PENDING', phase: 'queued', queue: { position: 1, reason: 'starts' } })
  const fourth = await world.until(ids[3]!, ({ queue }) => queue?.position === 2)
  expect(fourth.queue!.message).toContain('2 instances are starting')
  expect((await world.runtime.inspect()).map(({ id }) => id).sort()).toEqual(ids.slice(0, 2).sort())
  await world.dana.client.terminateInstance({ params: { instanceId: ids[0]! } })
  expect(await world.until(ids[2]!, ({ phase }) => phase === 'installing')).toMatchObject({ queue: null })
  await world.until(ids[3]!, ({ queue }) => queue?.position === 1)
  world.runtime.setPhase(ids[1]!, 'running')
  await world.until(ids[3]!, ({ phase }) => phase === 'installing')
})

it('lets the next ones start when one takes long, so that apps that hang do not stop the others', async () => {
  let hang = true
  await open({
    behaviour: () => ({ phase: hang ? 'starting' : 'running' }),
    environment: { WAVE_STORE_MAX_STARTS: '1' },
  })
  const appId = await world.app()
  const hanging = await world.launch(appId)
  await world.until(hanging, ({ phase }) => phase !== 'queued')
  hang = false
  const next = await world.launch(appId)
  await world.until(next, ({ queue }) => queue?.reason === 'starts')
  world.clock.pass(30_000)
  await world.until(next, ({ status }) => status === 'DEPLOYED')
})

it('lets a launch wait while what runs holds the memory, and goes on when it is given back', async () => {
  await open({ environment: { WAVE_STORE_MEMORY_CAPACITY: '1Gi' } })
  const first = await world.deployed(reserving('600Mi'))
  const second = await world.launch(await world.app(reserving('500Mi')))
  const { queue } = await world.until(second, (seen) => seen.queue !== null)
  expect(queue).toMatchObject({ position: 1, reason: 'memory' })
  expect(queue!.message).toContain('It reserves 500 MiB of memory; 424 MiB of 1 GiB')
  await world.dana.client.suspendInstance({ params: { instanceId: first } })
  await world.until(second, ({ status }) => status === 'DEPLOYED')
  await world.dana.client.resumeInstance({ params: { instanceId: first } })
  await world.until(first, (seen) => seen.queue?.reason === 'memory')
  world.runtime.exit(second, { reason: 'lost', message: 'Gone.', code: null })
  // What ran comes before what was asked for later.
  await world.until(second, (seen) => seen.status === 'DEPLOYED' && seen.failure?.reason === 'lost')
  expect((await world.get(first)).queue).toMatchObject({ reason: 'memory' })
})

it('refuses at once what no machine here could hold, and starts it where more may be promised', async () => {
  await open({ environment: { WAVE_STORE_MEMORY_CAPACITY: '1Gi' } })
  const appId = await world.app(reserving('16Gi'))
  await expect(world.launch(appId)).rejects.toMatchObject({
    code: 'cannot_launch',
    message: expect.stringContaining('It reserves 16 GiB of memory, and all instances together may reserve 1 GiB'),
  })
  await world[Symbol.asyncDispose]()
  await open({ environment: { WAVE_STORE_MEMORY_CAPACITY: '1Gi', WAVE_STORE_MEMORY_OVERCOMMIT_PERCENT: '1600' } })
  await world.deployed(reserving('16Gi'))
})

it('tells how long an app usually takes to start, by its latest starts alone', async () => {
  await open()
  const appId = await world.app()
  const id = await world.launch(appId)
  expect((await world.until(id, ({ status }) => status === 'DEPLOYED')).usualStartMs).toBeLessThan(5000)
  const { sightings } = world.store.store.context
  for (let count = 1; count <= 60; count++) await sightings.recordStart(appId, world.clock.now() + count, 1000 + count)
  expect((await world.get(id)).usualStartMs).toBe(1050)
  const kept = await world.store.store.context.db.selectFrom('instanceStart').selectAll().execute()
  expect(kept).toHaveLength(50)
})

it('tells why the cluster keeps an instance waiting, until it does not', async () => {
  await open({ behaviour: () => ({ phase: 'queued' }) })
  const id = await world.launch(await world.app())
  await world.until(id, ({ phase }) => phase === 'queued')
  await eventually(() => world.runtime.keepWaiting(id, 'The cluster has no place for it.'))
  const waiting = await world.until(id, ({ queue }) => queue !== null)
  expect(waiting.queue).toMatchObject({ reason: 'cluster', message: 'The cluster has no place for it.' })
  world.runtime.setPhase(id, 'running')
  expect(await world.until(id, ({ status }) => status === 'DEPLOYED')).toMatchObject({ queue: null })
})
