import type { V1ContainerState, V1Pod, V1PodStatus } from '@kubernetes/client-node'
import { describe, expect, it } from 'vitest'
import { hasEnded, isBeyondReach, observe } from './observe.ts'

const begun = Date.parse('2026-01-01T00:00:00Z')
const options = {
  addressOf: (_: V1Pod, port: number) => ({ host: 'app', port }),
  buildMemoryBytes: 1 << 30,
  stuckMs: 60_000,
  now: begun + 1000,
}

function pod(status: V1PodStatus, metadata: V1Pod['metadata'] = {}): V1Pod {
  return {
    metadata: {
      name: 'wave-store-x-1',
      creationTimestamp: new Date(begun),
      labels: { 'wave-store.io/instance': 'x', 'wave-store.io/generation': '1' },
      annotations: { 'wave-store.io/port': '8000', 'wave-store.io/memory-bytes': String(64 << 20) },
      ...metadata,
    },
    status,
  }
}

const app = (state: V1ContainerState, more: object = {}) => ({
  containerStatuses: [{ name: 'app', image: '', imageID: '', ready: false, restartCount: 0, state, ...more }],
})
const running: V1ContainerState = { running: { startedAt: new Date(begun) } }
const terminated = (exitCode: number, message = '', reason = 'Error'): V1ContainerState => ({
  terminated: { exitCode, message, reason, startedAt: new Date(begun), finishedAt: new Date(begun + 500) },
})
const failed = { event: 'failed', reason: 'exited', message: 'The app ended.', code: 3 }
const exitOf = (status: V1PodStatus, metadata?: V1Pod['metadata'], now = options.now) =>
  observe(pod(status, metadata), { ...options, now }).exit

describe('a pod', () => {
  it('is on its way until its app has answered', () => {
    expect(observe(pod({ phase: 'Pending' }), options)).toMatchObject({ phase: 'queued', phaseSince: begun })
    expect(observe(pod({ phase: 'Running', ...app(running, { started: false }) }), options)).toMatchObject({
      phase: 'starting',
      address: { host: 'app', port: 8000 },
    })
    expect(observe(pod({ phase: 'Running', ...app(running, { started: true }) }), options).phase).toBe('running')
  })

  it('tells what its launcher said last, however much was cut off before', () => {
    const message = `ase","phase":"starting"}\n${JSON.stringify(failed)}\n`
    expect(exitOf({ phase: 'Failed', ...app(terminated(3, message)) })).toMatchObject({ reason: 'exited', code: 3 })
    expect(exitOf({ phase: 'Failed', ...app(terminated(137, 'nonsense')) })).toMatchObject({ reason: 'killed' })
  })

  it('was ended on request where we say so, whatever its launcher does', () => {
    const annotations = { 'wave-store.io/ended': 'stopped' }
    const status = { phase: 'Failed', reason: 'DeadlineExceeded', ...app(terminated(143, JSON.stringify(failed))) }
    expect(exitOf(status, { annotations })).toMatchObject({ reason: 'stopped' })
  })

  it('is lost when its node ended it', () => {
    const stopped = JSON.stringify({ ...failed, reason: 'stopped' })
    expect(exitOf({ phase: 'Failed', ...app(terminated(143, stopped)) })).toMatchObject({ reason: 'lost' })
    const pressure = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory. ' }
    expect(exitOf(pressure)).toMatchObject({ reason: 'lost', message: expect.stringContaining('low on resource') })
    expect(exitOf({ phase: 'Failed', reason: 'NodeLost' })).toMatchObject({ reason: 'lost' })
  })

  it('has written too much when it was evicted for that', () => {
    const message = 'Pod ephemeral local storage usage exceeds the total limit of containers 10Gi. '
    expect(exitOf({ phase: 'Failed', reason: 'Evicted', message })).toMatchObject({ reason: 'disk_full' })
  })

  it('took too much memory when the kernel says so, whatever its launcher does', () => {
    const state = terminated(137, JSON.stringify(failed), 'OOMKilled')
    expect(exitOf({ phase: 'Failed', ...app(state) })).toMatchObject({
      reason: 'out_of_memory',
      message: 'The app used more memory than its limit of 64 MiB.',
    })
  })

  it('waits for an image for a while, and fails then with why', () => {
    const status = {
      phase: 'Pending',
      ...app({ waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "x"' } }),
    }
    expect(observe(pod(status), options)).toMatchObject({
      phase: 'queued',
      waiting: 'The image of apps cannot be fetched: Back-off pulling image "x".',
    })
    expect(exitOf(status, {}, begun + 60_001)).toMatchObject({ reason: 'internal' })
  })

  it('has ended when its containers have, or its node has said nothing after its end for long', () => {
    const time = new Date(begun)
    const late = pod({ phase: 'Failed', ...app(running) }, { managedFields: [{ time }] })
    expect(hasEnded(late, begun + 5000)).toBe(false)
    expect(hasEnded(late, begun + 20_000)).toBe(true)
    expect(hasEnded(pod({ phase: 'Running', ...app(terminated(0)) }))).toBe(false)
    expect(hasEnded(undefined)).toBe(true)
  })

  it('is lost when it was to be gone for long, and its node says nothing', () => {
    const leaving = pod(
      { phase: 'Running', ...app(running, { started: true }) },
      { deletionTimestamp: new Date(begun) },
    )
    expect(isBeyondReach(leaving, begun + 30_000)).toBe(false)
    expect(observe(leaving, { ...options, now: begun + 30_000 }).phase).toBe('running')
    expect(observe(leaving, { ...options, now: begun + 61_000 }).exit).toMatchObject({ reason: 'lost' })
  })
})
