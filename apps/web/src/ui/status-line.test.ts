import { expect, it } from 'vitest'
import { statusLine } from './status-line.ts'

const now = Date.parse('2026-05-04T12:00:00Z')
const minutes = (count: number) => new Date(now + count * 60_000).toISOString()

const running = {
  status: 'DEPLOYED',
  phase: 'running',
  startedAt: minutes(-1),
  usualStartMs: null,
  queue: null,
  restarts: 0,
  nextStartAt: null,
  silentSince: null,
  suspension: null,
  idle: null,
  failure: null,
} as const
const idle = { timeoutMs: 8 * 3_600_000, sleepsAt: minutes(42.2), keptAwakeUntil: null }
const pending = { ...running, status: 'PENDING', phase: 'starting' } as const
const asleep = { ...running, status: 'SUSPENDED', phase: 'exited', idle: { ...idle, sleepsAt: null } } as const

it.each([
  ['nothing of one that never sleeps', running, undefined],
  ['when it sleeps', { ...running, idle }, 'sleeps in 42 min'],
  ['that it sleeps by now', { ...running, idle: { ...idle, sleepsAt: minutes(-1) } }, 'goes to sleep'],
  ['its silence first', { ...running, idle, silentSince: minutes(-3) }, 'it has not answered for 3 min'],
  ['for how long it starts', pending, 'for 1 min'],
  ['what it usually takes', { ...pending, usualStartMs: 6_400 }, 'for 1 min, usually 6 s'],
  [
    'its place in the queue, and why it waits',
    { ...pending, phase: 'queued', queue: { position: 2, reason: 'memory', message: 'it waits for memory' } },
    '2nd in the queue: it waits for memory',
  ],
  [
    'when it is tried again',
    { ...pending, phase: 'backing_off', restarts: 3, nextStartAt: minutes(0.5) },
    'crashed 3 times, next try in 30 s',
  ],
  [
    'why it sleeps',
    { ...asleep, suspension: { reason: 'idle', at: minutes(-120) } },
    'fell asleep 2 hours ago, idle for 8 h',
  ],
  ['that it was paused', { ...asleep, suspension: { reason: 'owner', at: minutes(-5) } }, 'paused 5 minutes ago'],
] as const)('tells %s', (_, instance, line) => {
  expect(statusLine(instance, now)).toBe(line)
})
