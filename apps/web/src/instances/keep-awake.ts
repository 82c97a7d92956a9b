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
  if (!idle) return 'It never goes to sleep by itself: its app says so.'
  const rule = `after ${formatDuration(idle.timeoutMs)} without a request or a WebSocket with traffic`
  if (!idle.sleepsAt) return `Once it runs, it goes to sleep ${rule}, as its app says.`
  const when = Date.parse(idle.sleepsAt) <= now ? 'about now' : `${inTime(idle.sleepsAt, now)}`
  const kept = keptUntil(idle, now)
  if (kept) return `It is kept awake until ${formatTime(kept)}. From then on it goes to sleep ${rule}, as its app says.`
  return `If nobody uses it, it goes to sleep ${when}, at ${formatTime(idle.sleepsAt)}: ${rule}, as its app says.`
}

/** Until when somebody asked that it stay awake; null where that is over or nobody did. */
export function keptUntil(idle: Instance['idle'], now: number): string | null {
  if (!idle?.keptAwakeUntil || Date.parse(idle.keptAwakeUntil) <= now) return null
  return idle.keptAwakeUntil
}
