import type { RuntimeSection } from '@wave-store/bundle'

/** What an instance may use where its manifest does not say. */
export interface InstanceLimits {
  memoryBytes: number
  memoryReservationBytes: number
  pids: number
  /** Null: no limit. */
  cpuMillis: number | null
  /** From the start of the app's process to its first answer. */
  startTimeoutMs: number
}

export const defaultLimits: InstanceLimits = {
  memoryBytes: 1 << 30,
  memoryReservationBytes: 128 << 20,
  pids: 512,
  cpuMillis: null,
  startTimeoutMs: 120_000,
}

/** Bytes that no instance of the app gets beyond (developer guide, MemoryLimit and MemoryReservation). */
export function memoryLimitOf(
  { memoryLimitBytes, memoryReservationBytes = 0 }: RuntimeSection,
  { memoryBytes }: Pick<InstanceLimits, 'memoryBytes'>,
): number {
  return memoryLimitBytes ?? Math.max(memoryBytes, memoryReservationBytes)
}

/** Bytes that count against what there is while an instance of the app runs (developer guide, MemoryReservation). */
export function memoryReservationOf(
  runtime: RuntimeSection,
  defaults: Pick<InstanceLimits, 'memoryBytes' | 'memoryReservationBytes'>,
): number {
  const limit = memoryLimitOf(runtime, defaults)
  return runtime.memoryReservationBytes ?? Math.min(defaults.memoryReservationBytes, limit)
}
