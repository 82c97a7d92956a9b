import type { Manifest } from '@wave-store/bundle'
import { memoryLimitOf, memoryReservationOf } from '@wave-store/instance-spec'
import type { Config } from '../config/config.ts'

export interface Reservation {
  /** Bytes that count against the machine's capacity while it runs. */
  memoryReservation: number
  /** Bytes; the hard limit. */
  memoryLimit: number
  /** Null: it never goes to sleep by itself. */
  idleTimeoutMs: number | null
}

/** What an instance of the app is given, by its manifest and the operator's defaults (developer guide, MemoryLimit and MemoryReservation). */
export function reservationOf({ instances }: Pick<Config, 'instances'>, { app, runtime }: Manifest): Reservation {
  const { instanceTimeoutSeconds: seconds, lifecycle } = app
  // One that everybody shares sleeps only where its developer says so.
  const usual = lifecycle === 'MANAGED' ? null : instances.idleTimeoutMs
  return {
    memoryLimit: memoryLimitOf(runtime, instances),
    memoryReservation: memoryReservationOf(runtime, instances),
    idleTimeoutMs: seconds === undefined ? usual : seconds && seconds * 1000,
  }
}
