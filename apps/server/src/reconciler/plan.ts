import type { InstanceStatus, Phase } from '@wave-store/contract'
import type { ObservedInstance } from '@wave-store/runtime'

/** What is wanted of an instance, and what was last recorded of it. */
export interface Wanted {
  wanted: 'running' | 'suspended' | 'gone'
  generation: number
  status: InstanceStatus
  phase: Phase
  /** Epoch milliseconds; of a DEPLOYED one when it answered first. */
  phaseSince: number
  /** How often it was started again after a crash since somebody last asked for a start. */
  restarts: number
  /** Of one that waits after a crash. */
  nextStartAt: number | null
  /** It had answered since somebody last asked for a start, and ended. */
  hasFailure: boolean
}

export interface Rules {
  /** A crash after this many others in a row is final. */
  maxRestarts: number
  /** First wait after a crash; it doubles with each further one, up to `longestDelayMs`. */
  restartDelayMs: number
}

export type Step =
  | { kind: 'nothing' }
  /** Ask the runtime for the wanted generation as soon as it is its turn. */
  | { kind: 'start' }
  /** Its process is lost, or its wait after a crash is over: ask for a generation that the runtime has not seen. */
  | { kind: 'again'; generation: number; restarts: number; wasLost: boolean }
  /** The launcher claims that the app answers: see for ourselves. */
  | { kind: 'probe'; address: { host: string; port: number } }
  | { kind: 'record' }
  /** An app that had answered has ended: keep why, wait, and start it again. */
  | { kind: 'crash'; nextStartAt: number }
  /** It ended for good: keep why. */
  | { kind: 'fail' }
  /** It runs well again: earlier crashes no longer count. */
  | { kind: 'settle' }
  /** End a process that nobody wants, and keep its data. */
  | { kind: 'end' }
  /** Nothing of it runs any more: it sleeps. */
  | { kind: 'asleep' }
  /** End it, with its data, and forget it. */
  | { kind: 'remove' }

export const longestDelayMs = 5 * 60_000
/** Of a run after which crashes begin to count anew. */
export const soundRunMs = 10 * 60_000

const nothing: Step = { kind: 'nothing' }

/** Chooses the one next step for an instance from what is wanted and what is seen; pure. `now` in epoch milliseconds. */
export function plan(wanted: Wanted, seen: ObservedInstance | undefined, now: number, rules: Rules): Step {
  const isAlive = seen !== undefined && seen.phase !== 'exited'
  if (wanted.wanted === 'gone') return { kind: 'remove' }
  if (wanted.wanted === 'suspended') {
    if (isAlive) return { kind: 'end' }
    return wanted.phase === 'exited' ? nothing : { kind: 'asleep' }
  }
  if (wanted.status === 'FAILED') return isAlive ? { kind: 'end' } : nothing
  // Two processes of one instance would write to one volume.
  if (isAlive && seen.generation !== wanted.generation) return { kind: 'end' }
  if (!seen || seen.generation !== wanted.generation) return planAbsent(wanted, seen, now)
  return isAlive ? planAlive(wanted, seen, now) : planEnded(wanted, seen, now, rules)
}

function planAbsent(wanted: Wanted, seen: ObservedInstance | undefined, now: number): Step {
  const wasLost = wanted.status === 'DEPLOYED'
  const isTaken = seen !== undefined && seen.generation > wanted.generation
  if (wanted.phase === 'backing_off') return isDue(wanted, now) ? again(wanted, seen, { crashed: true }) : nothing
  return wasLost || isTaken ? again(wanted, seen, { wasLost }) : { kind: 'start' }
}

function planAlive(wanted: Wanted, seen: ObservedInstance, now: number): Step {
  if (wanted.status === 'DEPLOYED') {
    const hasPast = wanted.hasFailure || wanted.restarts > 0
    return hasPast && now - wanted.phaseSince >= soundRunMs ? { kind: 'settle' } : nothing
  }
  return seen.phase === 'running' && seen.address ? { kind: 'probe', address: seen.address } : { kind: 'record' }
}

function planEnded(wanted: Wanted, seen: ObservedInstance, now: number, rules: Rules): Step {
  if (wanted.phase === 'backing_off') return isDue(wanted, now) ? again(wanted, seen, { crashed: true }) : nothing
  const wasLost = seen.exit?.reason === 'lost' || seen.exit?.reason === 'stopped'
  if (wasLost) return again(wanted, seen, { wasLost: wanted.status === 'DEPLOYED' })
  const hadAnswered = wanted.status === 'DEPLOYED' || wanted.hasFailure
  if (!hadAnswered || wanted.restarts >= rules.maxRestarts) return { kind: 'fail' }
  return { kind: 'crash', nextStartAt: now + Math.min(rules.restartDelayMs * 2 ** wanted.restarts, longestDelayMs) }
}

function again(
  { generation, restarts }: Wanted,
  seen: ObservedInstance | undefined,
  { crashed = false, wasLost = false }: { crashed?: boolean; wasLost?: boolean },
): Step {
  return {
    kind: 'again',
    generation: Math.max(generation, seen?.generation ?? 0) + 1,
    restarts: restarts + (crashed ? 1 : 0),
    wasLost,
  }
}

/** Whether the wait after a crash is over. One that is longer than any was set by a clock that has jumped since. */
function isDue({ nextStartAt }: Wanted, now: number): boolean {
  return nextStartAt === null || nextStartAt <= now || nextStartAt > now + longestDelayMs
}
