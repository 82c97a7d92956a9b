import type { InstanceStatus } from '@wave-store/contract'
import type { ObservedInstance } from '@wave-store/runtime'

/** What is wanted of an instance, and what was last recorded of it. */
export interface Wanted {
  wanted: 'running' | 'suspended' | 'gone'
  generation: number
  status: InstanceStatus
}

export type Step =
  | { kind: 'nothing' }
  /** Ask the runtime for the wanted generation. */
  | { kind: 'start' }
  /** The runtime lost it: ask for another generation. */
  | { kind: 'restart' }
  /** The launcher claims that the app answers: see for ourselves. */
  | { kind: 'probe'; address: { host: string; port: number } }
  | { kind: 'record' }
  /** It ended: keep why. */
  | { kind: 'fail' }
  /** End its process, and keep its data. */
  | { kind: 'suspend' }
  /** End it, with its data, and forget it. */
  | { kind: 'remove' }

/** Chooses the one next step for an instance from what is wanted and what is seen; pure. */
export function plan(wanted: Wanted, seen: ObservedInstance | undefined): Step {
  if (wanted.wanted === 'gone') return { kind: 'remove' }
  if (wanted.wanted === 'suspended') return { kind: seen && seen.phase !== 'exited' ? 'suspend' : 'nothing' }
  if (wanted.status === 'FAILED') return { kind: 'nothing' }
  if (!seen || seen.generation < wanted.generation)
    // The address of a process that went may be another's before long: what was recorded goes before a new one comes.
    return { kind: wanted.status === 'DEPLOYED' ? 'restart' : 'start' }
  if (seen.phase === 'exited') return { kind: seen.exit?.reason === 'lost' ? 'restart' : 'fail' }
  if (seen.phase !== 'running' || !seen.address) return { kind: 'record' }
  return wanted.status === 'DEPLOYED' ? { kind: 'nothing' } : { kind: 'probe', address: seen.address }
}
