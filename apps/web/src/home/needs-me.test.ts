import type { Instance } from '@wave-store/contract'
import { expect, it } from 'vitest'
import { needsOf } from './needs-me.ts'

const now = Date.parse('2026-01-01T12:00:00Z')
const running = { status: 'DEPLOYED', phase: 'running', failure: null, silentSince: null, idle: null, newer: null }
const instance = (id: string, facts: object) => ({ id, ...running, ...facts }) as Instance
const sleepingAt = (sleepsAt: string) => ({ idle: { timeoutMs: 1, sleepsAt, keptAwakeUntil: null } })

it('names what failed, then what is about to sleep, then what has a newer version', () => {
  const needs = needsOf(
    [
      instance('newer', { newer: { appId: '', version: '2.0.0' } }),
      instance('well', sleepingAt('2026-01-01T12:30:00Z')),
      instance('sleepy', sleepingAt('2026-01-01T12:05:00Z')),
      instance('failed', { status: 'FAILED', failure: { message: 'It ended.' } }),
      instance('silent', { silentSince: '2026-01-01T11:59:00Z' }),
    ],
    now,
  )
  expect(needs.map((need) => `${need.instance.id}: ${need.text}`)).toEqual([
    'failed: Failed: It ended.',
    'silent: It does not answer.',
    'sleepy: Goes to sleep in 5 min, as nobody uses it.',
    'newer: Version 2.0.0 is in the Catalog; this one goes on as it is.',
  ])
})
