import { totalmem } from 'node:os'
import type { Config } from '../config/config.ts'
import { formatBytes } from './format-bytes.ts'

const leastForTheRest = 512 * 2 ** 20

/**
 * Bytes of memory that all instances may reserve together, the overcommit factor included: what the operator says, else
 * the machine's (or what the store's own control group may use, where that is less) without a tenth, and at least
 * 512 MiB, for everything else; of a small machine three quarters.
 */
export function memoryCapacityOf({ instances }: Pick<Config, 'instances'>, machineBytes = machineMemory()): number {
  const forTheRest = Math.min(Math.max(leastForTheRest, machineBytes / 10), machineBytes / 4)
  return Math.floor((instances.memoryCapacityBytes ?? machineBytes - forTheRest) * instances.memoryOvercommit)
}

function machineMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/** What is said of an instance that would not fit, even alone. */
export function impossibleReservation(reservation: number, capacity: number): string {
  const both = `It reserves ${formatBytes(reservation)} of memory, and all instances together may reserve ${formatBytes(capacity)} here.`
  return `${both} The app can reserve less (MemoryReservation), or the operator allow more (WAVE_STORE_MEMORY_CAPACITY, WAVE_STORE_MEMORY_OVERCOMMIT_PERCENT).`
}
