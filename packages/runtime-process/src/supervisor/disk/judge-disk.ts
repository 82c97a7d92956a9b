import type { Verdict } from '@wave-store/runtime/driver'
import { type Holding, type Holdings, scratchBytes, totalBytes } from './holdings.ts'

export interface DiskState {
  freeBytes: number
  reserveBytes: number
  scratchMaxBytes: number
  holdings: Holdings[]
  /** Bytes that each instance held when there was room last. */
  before: ReadonlyMap<string, number>
}

export interface Sentence {
  id: string
  verdict: Verdict
}

/** Below this part of the reserve nobody is at fault: to end an app would win nothing. */
const smallestPart = 1 / 16

/** Which instances have to end so that the others and the store go on: those beyond a limit, and one at a time for the disk. */
export function judgeDisk(state: DiskState): Sentence[] {
  const beyond = state.holdings.flatMap((each) => beyondLimit(each, state.scratchMaxBytes))
  if (beyond.length > 0 || state.freeBytes >= state.reserveBytes) return beyond
  const atFault = largest(state.holdings, (each) => totalBytes(each) - (state.before.get(each.id) ?? 0), state)
  // Nobody grew; whoever holds much that goes with its process makes room for the others.
  const one = atFault ?? largest(state.holdings, scratchBytes, state)
  if (!one) return []
  const message = `The store's disk is nearly full (${size(state.freeBytes)} left), and this app filled it most: ${listed(one.places)}.`
  return [{ id: one.id, verdict: full(message) }]
}

function beyondLimit({ id, places }: Holdings, scratchMaxBytes: number): Sentence[] {
  const volume = places.find(({ bytes, maxBytes }) => maxBytes !== undefined && bytes > maxBytes)
  if (volume) {
    const message = `The volume ${volume.inside} holds ${size(volume.bytes)}, more than its size of ${size(volume.maxBytes!)}.`
    return [{ id, verdict: full(message) }]
  }
  const held = scratchBytes({ id, places })
  if (held <= scratchMaxBytes) return []
  const scratch = listed(places.filter(({ kind }) => kind === 'scratch'))
  const message = `The app holds ${size(held)} outside of a volume, more than the ${size(scratchMaxBytes)} that one may: ${scratch}.`
  return [{ id, verdict: full(message) }]
}

function largest(holdings: Holdings[], of: (each: Holdings) => number, { reserveBytes }: DiskState) {
  const [first] = [...holdings].sort((a, b) => of(b) - of(a))
  return first && of(first) >= reserveBytes * smallestPart ? first : undefined
}

/** The places with the most, `1.2 GiB in /tmp, 3 MiB in /app`. */
function listed(places: Holding[]): string {
  const most = places.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes)
  return most
    .slice(0, 3)
    .map(({ bytes, inside }) => `${size(bytes)} in ${inside}`)
    .join(', ')
}

function size(bytes: number): string {
  if (bytes >= 2 ** 30) return `${(bytes / 2 ** 30).toFixed(1).replace('.0', '')} GiB`
  return bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${Math.ceil(bytes / 1024)} KiB`
}

function full(message: string): Verdict {
  return { reason: 'disk_full', message, code: null }
}
