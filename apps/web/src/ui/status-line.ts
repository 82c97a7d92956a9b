import type { Instance } from '@wave-store/contract'
import { formatAge, formatCount, formatDuration, formatTime } from './format.ts'

type Told = Pick<
  Instance,
  'status' | 'phase' | 'startedAt' | 'usualStartMs' | 'queue' | 'restarts' | 'nextStartAt' | 'silentSince'
> &
  Pick<Instance, 'suspension' | 'idle' | 'failure'>

/** Beside the status word: how long yet, since when, or why; undefined where there is nothing to say. */
export function statusLine(instance: Told, now: number): string | undefined {
  switch (instance.status) {
    case 'PENDING':
      return pendingLine(instance, now)
    case 'DEPLOYED':
      if (instance.silentSince) return `it has not answered for ${formatDuration(now - at(instance.silentSince))}`
      return instance.phase === 'stopping' ? undefined : sleepLine(instance, now)
    case 'SUSPENDED':
      return suspensionLine(instance, now)
    case 'FAILED':
      return instance.failure?.message
  }
}

const at = (time: string) => Date.parse(time)

function pendingLine(instance: Told, now: number): string {
  const { queue, nextStartAt, phase, restarts, startedAt, usualStartMs } = instance
  if (phase === 'backing_off' && nextStartAt)
    return `crashed ${formatCount(Math.max(1, restarts), 'time')}, next try ${inTime(nextStartAt, now)}`
  if (queue) return `${queuePlace(queue.position)}: ${queue.message}`
  const usual = usualStartMs === null ? '' : `, usually ${formatDuration(Math.max(1_000, usualStartMs))}`
  return `for ${formatDuration(now - at(startedAt))}${usual}`
}

/** `next in the queue`, `3rd in the queue`. */
export function queuePlace(position: number): string {
  if (position <= 1) return 'next in the queue'
  const endings = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' } as const
  const ordinal = new Intl.PluralRules('en', { type: 'ordinal' }).select(position)
  return `${position}${endings[ordinal]} in the queue`
}

/** `in 42 min`; what is over is `now`. */
export function inTime(time: string, now: number): string {
  const ms = at(time) - now
  return ms < 1_000 ? 'now' : `in ${formatDuration(ms)}`
}

function sleepLine({ idle }: Told, now: number): string | undefined {
  if (!idle?.sleepsAt) return undefined
  const ms = at(idle.sleepsAt) - now
  if (ms <= 0) return 'goes to sleep'
  return `sleeps in ${formatDuration(ms < 60_000 ? ms : Math.round(ms / 60_000) * 60_000)}`
}

function suspensionLine({ suspension, idle }: Told, now: number): string | undefined {
  if (!suspension) return undefined
  const since = formatAge(suspension.at, now)
  if (suspension.reason === 'owner') return `paused ${since}`
  return `fell asleep ${since}${idle ? `, idle for ${formatDuration(idle.timeoutMs)}` : ''}`
}

/** Why an instance sleeps, in a sentence. */
export function describeSuspension({ suspension, idle }: Pick<Instance, 'suspension' | 'idle'>): string {
  if (!suspension) return ''
  const since = `Asleep since ${formatTime(suspension.at)}`
  if (suspension.reason === 'owner') return `${since}, because somebody who may paused it.`
  return idle ? `${since}: it was idle for ${formatDuration(idle.timeoutMs)}.` : `${since}, because nobody used it.`
}
