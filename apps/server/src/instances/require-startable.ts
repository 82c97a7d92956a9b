import { launchRefusal } from '@wave-store/instance-spec'
import type { Reader } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { manifestOf } from '../apps/manifest-of.ts'
import type { AppRow } from '../apps/repository.ts'
import type { AppContext } from '../context.ts'
import { impossibleReservation, memoryCapacityOf } from '../reconciler/memory-capacity.ts'
import { secretsFor } from '../secrets/secrets-for.ts'
import { type Reservation, reservationOf } from './reservation.ts'

type Needs = Pick<AppContext, 'capabilities' | 'config' | 'secrets'>

/**
 * Whether an instance of the app could start here now, whoever asks: what never could is not put into the queue.
 *
 * @param reader who is told what is missing
 * @returns what it is given
 * @throws {AppError} `cannot_launch` with what this store does not give, memory that it does not have, or the secrets that are missing
 */
export async function requireStartable(context: Needs, reader: Reader, app: AppRow): Promise<Reservation> {
  const { capabilities, config } = context
  const manifest = manifestOf(app)
  const refusal = launchRefusal(manifest, capabilities, config.runtime.allowUnsandboxed)
  if (refusal) throw new AppError('cannot_launch', refusal)
  const reservation = reservationOf(config, manifest)
  const capacity = memoryCapacityOf(config)
  if (reservation.memoryReservation > capacity)
    throw new AppError('cannot_launch', impossibleReservation(reservation.memoryReservation, capacity))
  await secretsFor(context, reader, app)
  return reservation
}
