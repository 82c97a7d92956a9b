import type { InstanceStats } from '@wave-store/runtime'
import type { ActivityTotals } from '../activity/activity-counter.ts'
import type { Sample } from './repository.ts'

/** What was measured within one interval of one instance. */
interface Interval {
  cpuMs: number
  wallMs: number
  memoryBytes: number
  requests: number
  sockets: number
}

interface Last {
  generation: number
  cpuMs: number
  /** Milliseconds of a clock that never jumps. */
  at: number
  requests: number
}

export interface Reading {
  stats: InstanceStats
  activity: Readonly<ActivityTotals>
}

/** Makes intervals out of readings of counters that only ever grow, for one instance. */
export class Meter {
  #last: Last | undefined
  #interval: Interval = emptyInterval()
  /** What it uses, as last seen. */
  current = { cpuMillis: 0, memoryBytes: 0, volumeBytes: null as number | null }

  /** @param now milliseconds of a clock that never jumps */
  read({ stats, activity }: Reading, now: number): void {
    const last = this.#last
    // Of a process that was not seen before, nobody knows over what time it has used its first share.
    const isSame = last !== undefined && last.generation === stats.generation && stats.cpuMs >= last.cpuMs
    const cpuMs = isSame ? stats.cpuMs - last.cpuMs : 0
    const wallMs = isSame ? now - last.at : 0
    const { memoryBytes, requests, sockets } = this.#interval
    this.#interval = {
      cpuMs: this.#interval.cpuMs + cpuMs,
      wallMs: this.#interval.wallMs + wallMs,
      memoryBytes: Math.max(memoryBytes, stats.memoryBytes),
      requests: requests + Math.max(0, activity.requests - (last?.requests ?? activity.requests)),
      sockets: Math.max(sockets, activity.sockets),
    }
    this.current = {
      cpuMillis: wallMs > 0 ? millis(cpuMs, wallMs) : this.current.cpuMillis,
      memoryBytes: stats.memoryBytes,
      volumeBytes: stats.volumeBytes ?? null,
    }
    this.#last = { generation: stats.generation, cpuMs: stats.cpuMs, at: now, requests: activity.requests }
  }

  /** The interval so far, and begins the next one. */
  take(): Omit<Sample, 'instanceId' | 'at'> {
    const { cpuMs, wallMs, memoryBytes, requests, sockets } = this.#interval
    this.#interval = emptyInterval()
    return { cpuMillis: wallMs > 0 ? millis(cpuMs, wallMs) : 0, memoryBytes, requests, sockets }
  }
}

function emptyInterval(): Interval {
  return { cpuMs: 0, wallMs: 0, memoryBytes: 0, requests: 0, sockets: 0 }
}

/** Thousandths of a core, to one decimal. */
function millis(cpuMs: number, wallMs: number): number {
  return Math.round((cpuMs / wallMs) * 10_000) / 10
}
