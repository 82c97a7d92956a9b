import { adviceOn, type InstanceStatus, type Phase } from '@wave-store/contract'
import { startSteps, stepOf } from './pages/start-steps.ts'
import type { GatewayInstance } from './ports.ts'

/** What the page of an instance that does not run is told, in words: it only shows them. */
export interface RoomState {
  status: InstanceStatus
  phase: Phase
  /** Position in `startSteps`. */
  step: number
  /** What happens at this moment. */
  now: string
  /** Why it takes its time; empty: nothing out of the ordinary. */
  note: string
  usualMs: number | null
}

/** Times that go on by themselves, as they are when the state is told. */
export interface RoomTimes {
  elapsedMs: number
  /** Until a crashed app is started again; null: it is not waiting for that. */
  nextTryMs: number | null
}

export function roomState(instance: GatewayInstance): RoomState {
  const { status, phase, usualStartMs } = instance
  const step = stepOf(phase)
  const now = phase === 'backing_off' ? 'It ended, and is started again' : startSteps[step]!.now
  return { status, phase, step, now, note: noteOn(instance), usualMs: usualStartMs }
}

export function roomTimes({ phase, nextStartAt, wantedSince }: GatewayInstance, now: number): RoomTimes {
  const nextTryMs = phase === 'backing_off' && nextStartAt !== null ? Math.max(0, nextStartAt - now) : null
  return { elapsedMs: Math.max(0, now - wantedSince), nextTryMs }
}

function noteOn({ status, phase, queue, failure, restarts }: GatewayInstance): string {
  if (status !== 'PENDING') return ''
  const ended = failure ? `It ended: ${failure.message.trim() || adviceOn(failure.reason).cause}` : ''
  if (phase === 'backing_off') return ended
  const sentences = queue ? [placeIn(queue.position), queue.message] : []
  if (failure && restarts > 0) sentences.push(`${timesAgain(restarts)} ${ended}`)
  return sentences.join(' ')
}

function placeIn(position: number): string {
  if (position <= 1) return 'It is the next one.'
  return position === 2 ? 'One other is before it.' : `${position - 1} others are before it.`
}

function timesAgain(restarts: number): string {
  return restarts === 1 ? 'It is started again.' : `It is started again, for the ${ordinal(restarts)} time.`
}

function ordinal(number: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd' }[rules.select(number) as string] ?? 'th'
  return `${number}${ending}`
}

const rules = new Intl.PluralRules('en', { type: 'ordinal' })
