import { expect, it } from 'vitest'
import { formatTime } from '../ui/format.ts'
import { describeIdleness, keptUntil } from './keep-awake.ts'

const now = Date.parse('2026-05-04T12:00:00Z')
const later = '2026-05-04T13:30:00Z'
const idle = { timeoutMs: 2 * 3_600_000, sleepsAt: later, keptAwakeUntil: null }

it('says when it sleeps, after what, and who decided it', () => {
  expect(describeIdleness({ idle }, now)).toBe(
    `If nobody uses it, it goes to sleep in 1 h 30 min, at ${formatTime(later)}: after 2 h without a request or a WebSocket with traffic, as its app says.`,
  )
})

it('says until when somebody keeps it awake, while that lasts', () => {
  const kept = { ...idle, keptAwakeUntil: later }
  expect(describeIdleness({ idle: kept }, now)).toContain(`kept awake until ${formatTime(later)}`)
  expect(keptUntil(kept, Date.parse(later))).toBeNull()
})

it('says that it never sleeps, and what holds once it runs', () => {
  expect(describeIdleness({ idle: null }, now)).toContain('never goes to sleep')
  expect(describeIdleness({ idle: { ...idle, sleepsAt: null } }, now)).toContain('Once it runs')
})
