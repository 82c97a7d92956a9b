import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { eventually } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { alone } from '../servers/lease.ts'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson } from '../testing/test-store.ts'
import { Metrics } from './metrics.ts'

const minute = 60_000
const noon = Date.UTC(2026, 5, 1, 12)

/** A store with a running instance, and metrics whose time the test moves. */
async function measured() {
  const runtime = new InMemoryRuntime()
  const clock = { time: noon, now: () => clock.time }
  const store = await startTestStore({ runtime })
  const owner = await store.as('dana')
  const instanceId = await launch(owner, runtime)
  const { activity, logger, samples } = store.store.context
  const monotonic = { ms: 0 }
  const metrics = new Metrics({
    activity,
    clock,
    lease: alone,
    logger,
    runtime,
    samples,
    monotonic: () => monotonic.ms,
  })
  const pass = async (ms: number) => {
    clock.time += ms
    monotonic.ms += ms
  }
  return { store, runtime, clock, metrics, activity, samples, instanceId, owner, pass }
}

async function launch(owner: TestPerson, runtime: InMemoryRuntime): Promise<string> {
  const { id: appId } = await owner.importBundle(await demoBundle({ name: 'measured' }))
  const { id } = await owner.client.launchInstance({ body: { appId } })
  await eventually(async () => {
    if ((await runtime.stats()).length === 0) throw new Error('It does not run yet')
  })
  return id
}

describe('metrics', () => {
  it('tell thousandths of a core, the most memory, requests and sockets of each minute', async () => {
    const { store, runtime, metrics, activity, samples, instanceId, pass } = await measured()
    await using _ = store
    runtime.setStats(instanceId, { cpuMs: 1000, memoryBytes: 10 })
    await metrics.read()
    activity.request(instanceId)
    activity.request(instanceId)
    activity.socketOpened(instanceId)
    runtime.setStats(instanceId, { cpuMs: 4000, memoryBytes: 30 })
    await pass(15_000)
    await metrics.read()
    activity.socketClosed(instanceId)
    runtime.setStats(instanceId, { cpuMs: 4000, memoryBytes: 20 })
    await pass(15_000)
    await metrics.read()
    await metrics.keep()
    expect(await samples.of(instanceId, 0)).toEqual([
      { instanceId, at: noon, cpuMillis: 100, memoryBytes: 30, requests: 2, sockets: 1 },
    ])
    expect(metrics.usageOf(instanceId)).toEqual({ cpuMillis: 0, memoryBytes: 20, cpuHistory: [100] })
  })

  it('count nothing twice, and nothing of a process that was not seen before', async () => {
    const { store, runtime, metrics, samples, instanceId, pass } = await measured()
    await using _ = store
    runtime.setStats(instanceId, { cpuMs: 50_000 })
    await metrics.read()
    await pass(minute)
    runtime.setStats(instanceId, { generation: 2, cpuMs: 90_000 })
    await metrics.read()
    await metrics.keep()
    await pass(minute)
    await metrics.read()
    await metrics.keep()
    expect((await samples.of(instanceId, 0)).map(({ cpuMillis }) => cpuMillis)).toEqual([0, 0])
  })

  it('survive a clock that is set back, a restart of the store, and are forgotten after a day', async () => {
    const { store, runtime, clock, metrics, activity, samples, instanceId, pass } = await measured()
    await using _ = store
    await metrics.read()
    await metrics.keep()
    clock.time -= 30_000
    activity.request(instanceId)
    await metrics.read()
    clock.time += 30_000
    await metrics.keep()
    expect(await samples.of(instanceId, 0)).toHaveLength(1)
    expect((await samples.of(instanceId, 0))[0]!.requests).toBe(1)

    const { logger } = store.store.context
    const next = new Metrics({ activity, clock, lease: alone, logger, runtime, samples })
    await next.load()
    await next.read()
    expect(next.usageOf(instanceId)!.cpuHistory).toHaveLength(1)

    await pass(25 * 60 * minute)
    await metrics.keep()
    expect((await samples.of(instanceId, 0)).map(({ at }) => at)).toEqual([clock.time])
  })

  it('are shown to the owner, in intervals that fit the span', async () => {
    const { store, samples, instanceId, owner } = await measured()
    await using _ = store
    const now = Date.now()
    const at = now - (now % minute)
    await samples.add([
      { instanceId, at: at - minute, cpuMillis: 10, memoryBytes: 5, requests: 1, sockets: 2 },
      { instanceId, at, cpuMillis: 30, memoryBytes: 4, requests: 2, sockets: 0 },
    ])
    const three = await owner.client.getInstanceMetrics({ params: { instanceId }, query: { hours: 3 } })
    expect(three.intervalMs).toBe(minute)
    expect(three.points.map(({ cpuMillis }) => cpuMillis)).toEqual([10, 30])
    const day = await owner.client.getInstanceMetrics({ params: { instanceId }, query: { hours: 24 } })
    expect(day.intervalMs).toBe(4 * minute)
    expect(day.points.reduce((sum, { requests }) => sum + requests, 0)).toBe(3)
    expect(day.memoryLimitBytes).toBeGreaterThan(0)
  })

  it('are added up for administrators, with what is reserved and what waits', async () => {
    const { store, samples, instanceId } = await measured()
    await using _ = store
    const admin = await store.as('admin')
    const at = Date.now() - (Date.now() % minute)
    await samples.add([{ instanceId, at, cpuMillis: 10, memoryBytes: 5, requests: 1, sockets: 2 }])
    const usage = await eventually(async () => {
      const found = await admin.client.getPlatformMetrics({})
      expect(found.memory.reservedBytes).toBeGreaterThan(0)
      return found
    })
    expect(usage.points).toHaveLength(1)
    expect(usage.instances).toEqual({ deployed: 0, pending: 1, queued: 0, suspended: 0, failed: 0 })
    expect(usage.memory.reservedBytes).toBeLessThan(usage.memory.capacityBytes)
    expect(usage.disk.freeBytes).toBeGreaterThan(0)
  })
})
