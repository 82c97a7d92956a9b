import { AppError } from '../app-error.ts'
import type { Config } from '../config/config.ts'
import { impossibleReservation, memoryCapacityOf } from '../reconciler/memory-capacity.ts'
import type { Reservation } from './reservation.ts'

/**
 * What could never start is not put into the queue.
 *
 * @throws {AppError} `cannot_launch` when it reserves more memory than all instances together may
 */
export function requireRoom(config: Config, { memoryReservation }: Reservation): void {
  const capacity = memoryCapacityOf(config)
  if (memoryReservation > capacity)
    throw new AppError('cannot_launch', impossibleReservation(memoryReservation, capacity))
}
