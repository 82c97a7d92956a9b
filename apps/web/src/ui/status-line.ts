import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
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
      if (instance.silentSince)
        return t('it has not answered for {duration}', { duration: formatDuration(now - at(instance.silentSince)) })
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
    return t('crashed {count}, next try {inTime}', {
      count: formatCount(Math.max(1, restarts), 'time'),
      inTime: inTime(nextStartAt, now),
    })
  if (queue) return t('{queuePlace}: {message}', { queuePlace: queuePlace(queue.position), message: queue.message })
  const usual =
    usualStartMs === null ? '' : t(', usually {duration}', { duration: formatDuration(Math.max(1_000, usualStartMs)) })
  return t('for {duration}{usual}', { duration: formatDuration(now - at(startedAt)), usual })
}

/** `next in the queue`, `3rd in the queue`. */
export function queuePlace(position: number): string {
  if (position <= 1) return t('next in the queue')
  const endings = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' } as const
  const ordinal = new Intl.PluralRules('en', { type: 'ordinal' }).select(position)
  return t('{position}{ending} in the queue', { position, ending: endings[ordinal] })
}

/** `in 42 min`; what is over is `now`. */
export function inTime(time: string, now: number): string {
  const ms = at(time) - now
  return ms < 1_000 ? 'now' : t('in {ms}', { ms: formatDuration(ms) })
}

function sleepLine({ idle }: Told, now: number): string | undefined {
  if (!idle?.sleepsAt) return undefined
  const ms = at(idle.sleepsAt) - now
  if (ms <= 0) return t('goes to sleep')
  return t('sleeps in {duration}', { duration: formatDuration(ms < 60_000 ? ms : Math.round(ms / 60_000) * 60_000) })
}

function suspensionLine({ suspension, idle }: Told, now: number): string | undefined {
  if (!suspension) return undefined
  const since = formatAge(suspension.at, now)
  if (suspension.reason === 'owner') return t('paused {since}', { since })
  return t('fell asleep {since}{why}', {
    since,
    why: idle ? t(', idle for {timeoutMs}', { timeoutMs: formatDuration(idle.timeoutMs) }) : '',
  })
}

/** Why an instance sleeps, in a sentence. */
export function describeSuspension({ suspension, idle }: Pick<Instance, 'suspension' | 'idle'>): string {
  if (!suspension) return ''
  const since = t('Asleep since {at}', { at: formatTime(suspension.at) })
  if (suspension.reason === 'owner') return t('{since}, because somebody who may paused it.', { since })
  return idle
    ? t('{since}: it was idle for {timeoutMs}.', { since, timeoutMs: formatDuration(idle.timeoutMs) })
    : t('{since}, because nobody used it.', { since })
}
