import { expect, test } from 'vitest'
import type { GatewayInstance } from './ports.ts'
import { roomState, roomTimes } from './room-state.ts'
import { FakeStore } from './testing/open-gateway.ts'

const instanceWith = (change: Partial<GatewayInstance>) => new FakeStore().addInstance({ status: 'PENDING', ...change })
const failure = { reason: 'exited', message: 'Exit code 3.', exitCode: 3, at: '2026-11-03T10:15:30.123Z' }
const queue = (position: number) => ({ position, reason: 'memory' as const, message: 'It reserves 1 GiB of memory.' })

test.each<[string, Partial<GatewayInstance>, string]>([
  ['the first in the queue', { queue: queue(1) }, 'It is the next one. It reserves 1 GiB of memory.'],
  ['the second', { queue: queue(2) }, 'One other is before it. It reserves 1 GiB of memory.'],
  ['a later one', { queue: queue(5) }, '4 others are before it. It reserves 1 GiB of memory.'],
  ['one that crashed', { phase: 'backing_off', failure }, 'It ended: Exit code 3.'],
  [
    'one that crashed without a word',
    { phase: 'backing_off', failure: { ...failure, message: ' ' } },
    'It ended: The app ended by itself.',
  ],
  [
    'one that is started again',
    { phase: 'starting', failure, restarts: 1 },
    'It is started again. It ended: Exit code 3.',
  ],
  [
    'one that is started again and again',
    { phase: 'starting', failure, restarts: 3 },
    'It is started again, for the 3rd time. It ended: Exit code 3.',
  ],
  ['one on its way', { phase: 'starting' }, ''],
  ['one that failed', { status: 'FAILED', failure }, ''],
])('of %s it is said why it takes its time', (_what, change, note) => {
  expect(roomState(instanceWith({ phase: 'queued', ...change })).note).toBe(note)
})

test('the time to the next start is told only while it is waited for', () => {
  const backingOff = instanceWith({ phase: 'backing_off', nextStartAt: 15_000, wantedSince: 10_000 })
  expect(roomTimes(backingOff, 12_000)).toEqual({ elapsedMs: 2_000, nextTryMs: 3_000 })
  expect(roomTimes(backingOff, 16_000)).toEqual({ elapsedMs: 6_000, nextTryMs: 0 })
  expect(roomTimes({ ...backingOff, phase: 'starting' }, 9_000)).toEqual({ elapsedMs: 0, nextTryMs: null })
})
