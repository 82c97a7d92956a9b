import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { formatDuration, formatTime } from '../ui/format.ts'
import { inTime } from '../ui/status-line.ts'

const hourMs = 3_600_000

/** For how long an instance can be kept awake. */
export const awakeTimes = [
  { label: t('4 hours'), ms: 4 * hourMs },
  { label: t('1 day'), ms: 24 * hourMs },
  { label: t('7 days'), ms: 7 * 24 * hourMs },
] as const

/** When an instance goes to sleep by itself, and why. */
export function describeIdleness({ idle }: Pick<Instance, 'idle'>, now: number): string {
  if (!idle) return t('It never goes to sleep by itself: its app says so.')
  const rule = t('after {timeoutMs} without a request or a WebSocket with traffic', {
    timeoutMs: formatDuration(idle.timeoutMs),
  })
  if (!idle.sleepsAt) return t('Once it runs, it goes to sleep {rule}, as its app says.', { rule })
  const when = Date.parse(idle.sleepsAt) <= now ? t('about now') : `${inTime(idle.sleepsAt, now)}`
  const kept = keptUntil(idle, now)
  if (kept)
    return t('It is kept awake until {kept}. From then on it goes to sleep {rule}, as its app says.', {
      kept: formatTime(kept),
      rule,
    })
  return t('If nobody uses it, it goes to sleep {when}, at {sleepsAt}: {rule}, as its app says.', {
    when,
    sleepsAt: formatTime(idle.sleepsAt),
    rule,
  })
}

/** Until when somebody asked that it stay awake; null where that is over or nobody did. */
export function keptUntil(idle: Instance['idle'], now: number): string | null {
  if (!idle?.keptAwakeUntil || Date.parse(idle.keptAwakeUntil) <= now) return null
  return idle.keptAwakeUntil
}
