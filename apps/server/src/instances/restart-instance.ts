import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { manifestOf } from '../apps/present-app.ts'
import type { AppContext } from '../context.ts'
import { findInstance } from './find-instance.ts'
import type { InstanceRow } from './repository.ts'
import { requireRoom } from './require-room.ts'
import { reservationOf } from './reservation.ts'

/**
 * Asks for a fresh process of the instance, after a failure too.
 *
 * @throws {AppError} `not_found`, `forbidden`, `cannot_launch` when it is on its way out or would never fit
 */
export async function restartInstance(
  context: Pick<AppContext, 'clock' | 'config' | 'instances' | 'reconciler'>,
  actor: Actor,
  id: string,
): Promise<InstanceRow> {
  const before = await findInstance(context, actor, id, 'restart')
  requireRoom(context.config, reservationOf(context.config, manifestOf(before)))
  const taken = await context.instances.wantRestart(id, context.clock.now())
  if (!taken) throw new AppError('cannot_launch', 'The instance is being terminated. Launch a new one.')
  context.reconciler.wake()
  return findInstance(context, actor, id)
}
