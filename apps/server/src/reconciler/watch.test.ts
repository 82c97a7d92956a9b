import { InstanceVisitor } from '@wave-store/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LifecycleWorld } from '../testing/lifecycle-world.ts'

const hourMs = 3_600_000
let world: LifecycleWorld
beforeEach(async () => {
  world = await LifecycleWorld.open({
    environment: { WAVE_STORE_PROBE_SECONDS: '60', WAVE_STORE_IDLE_MINUTES: '480' },
  })
})
afterEach(() => world[Symbol.asyncDispose]())

const timeout = (value: string, lifecycle = 'ON_DEMAND') => ({
  app: `InstanceTimeout = "${value}"\nInstanceLifecycle = "${lifecycle}"`,
})
const activity = () => world.store.store.context.activity

describe('an app that runs', () => {
  it('and answers no longer is said to be silent, left alone, and heard of again', async () => {
    const id = await world.watched()
    world.silent = true
    world.clock.pass(60_000)
    const silent = await world.until(id, ({ silentSince }) => silentSince !== null)
    expect(silent).toMatchObject({ status: 'DEPLOYED', phase: 'running', failure: null })
    expect(await world.runtime.inspect()).toMatchObject([{ id, generation: 1, phase: 'running' }])
    world.silent = false
    world.clock.pass(5000)
    await world.until(id, ({ silentSince }) => silentSince === null)
  })

  it('is not asked while it answers others, whose answers end its silence', async () => {
    const id = await world.watched()
    const asked = world.asked
    for (let minute = 0; minute < 3; minute++) {
      activity().answered(id)
      world.clock.pass(59_000)
      await world.looks(2)
    }
    expect(world.asked).toBe(asked)
    world.silent = true
    world.clock.pass(60_000)
    await world.until(id, ({ silentSince }) => silentSince !== null)
    activity().answered(id)
    await world.until(id, ({ silentSince }) => silentSince === null)
  })
})

describe('an instance that nobody uses', () => {
  it('is suspended after its time, which was told before, with the reason', async () => {
    const id = await world.watched(timeout('1h'))
    const { idle } = await world.get(id)
    expect(idle).toMatchObject({ timeoutMs: hourMs, keptAwakeUntil: null })
    expect(Math.abs(Date.parse(idle!.sleepsAt!) - world.clock.now() - hourMs)).toBeLessThan(10_000)
    world.clock.pass(hourMs - 60_000)
    await world.looks(2)
    expect((await world.get(id)).status).toBe('DEPLOYED')
    world.clock.pass(60_000)
    const asleep = await world.until(id, ({ phase }) => phase === 'exited')
    expect(asleep).toMatchObject({ status: 'SUSPENDED', suspension: { reason: 'idle' }, can: { resume: true } })
  })

  it('is one whose open WebSocket only pings; requests and messages are use', async () => {
    const id = await world.watched(timeout('1h'))
    activity().socketOpened(id)
    for (const use of ['request', 'socketTraffic'] as const) {
      world.clock.pass(hourMs - 60_000)
      activity()[use](id)
      await world.looks(2)
    }
    expect((await world.get(id)).status).toBe('DEPLOYED')
    expect(Math.abs(Date.parse((await world.get(id)).lastUsedAt!) - world.clock.now())).toBeLessThan(10_000)
    world.clock.pass(hourMs)
    await world.until(id, ({ suspension }) => suspension?.reason === 'idle')
  })

  it('is none that people visit at its own address', async () => {
    const id = await world.watched(timeout('1h'))
    const visitor = new InstanceVisitor((await world.get(id)).url, world.dana.cookies)
    for (let visits = 0; visits < 2; visits++) {
      world.clock.pass(hourMs - 60_000)
      expect((await visitor.open()).status).toBe(200)
      await world.looks(2)
    }
    expect((await world.get(id)).status).toBe('DEPLOYED')
  })

  it('stays awake for as long as its owner said', async () => {
    const id = await world.watched(timeout('1h'))
    const keepAwakeUntil = new Date(world.clock.now() + 5 * hourMs).toISOString()
    const kept = await world.dana.client.updateInstance({ params: { instanceId: id }, body: { keepAwakeUntil } })
    expect(kept.idle).toMatchObject({ keptAwakeUntil: keepAwakeUntil })
    await world.looks(2)
    expect(Math.abs(Date.parse((await world.get(id)).idle!.sleepsAt!) - Date.parse(keepAwakeUntil))).toBeLessThan(1000)
    world.clock.pass(4 * hourMs)
    await world.looks(2)
    expect((await world.get(id)).status).toBe('DEPLOYED')
    world.clock.pass(hourMs)
    await world.until(id, ({ suspension }) => suspension?.reason === 'idle')
  })

  it('sleeps neither sooner nor later when somebody sets the clock', async () => {
    const id = await world.watched(timeout('8h'))
    const kept = await world.watched(timeout('1h'))
    const keepAwakeUntil = new Date(world.clock.now() + 24 * hourMs).toISOString()
    await world.dana.client.updateInstance({ params: { instanceId: kept }, body: { keepAwakeUntil } })
    await world.looks(2)
    world.clock.jump(100 * hourMs)
    await world.looks(2)
    expect((await world.get(id)).status).toBe('DEPLOYED')
    expect((await world.get(kept)).status).toBe('DEPLOYED')
    world.clock.jump(-500 * hourMs)
    world.clock.pass(8 * hourMs)
    await world.until(id, ({ suspension }) => suspension?.reason === 'idle')
    world.clock.pass(17 * hourMs)
    await world.until(kept, ({ suspension }) => suspension?.reason === 'idle')
  })

  it('never sleeps by itself where its app says so, nor a shared one whose app says nothing', async () => {
    const never = await world.watched(timeout('-1'))
    const shared = await world.watched({ app: 'InstanceLifecycle = "MANAGED"' })
    const own = await world.watched(timeout('1h', 'MANAGED'))
    expect((await world.get(never)).idle).toBeNull()
    expect((await world.get(shared)).idle).toBeNull()
    world.clock.pass(100 * hourMs)
    await world.until(own, ({ suspension }) => suspension?.reason === 'idle')
    await world.looks(2)
    for (const id of [never, shared]) expect((await world.get(id)).status).toBe('DEPLOYED')
  })
})
