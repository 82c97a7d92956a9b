import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { manifestOf } from '../apps/present-app.ts'
import type { AppContext } from '../context.ts'
import { findInstance } from './find-instance.ts'
import type { InstanceRow } from './repository.ts'
import { requireRoom } from './require-room.ts'
import { reservationOf } from './reservation.ts'

type Needs = Pick<AppContext, 'clock' | 'config' | 'instances' | 'reconciler'>

/**
 * Puts the instance to sleep; again changes nothing. Its volume and own resources stay.
 *
 * @throws {AppError} `not_found`, `forbidden`, `conflict` for one that failed or is on its way out
 */
export async function suspendInstance(context: Needs, actor: Actor, id: string): Promise<InstanceRow> {
  const before = await findInstance(context, actor, id, 'suspend')
  const taken = await context.instances.wantSuspended(id, 'owner', context.clock.now())
  if (taken) context.reconciler.wake()
  else if (before.wanted !== 'suspended')
    throw new AppError('conflict', 'It does not run: there is nothing to suspend.')
  return findInstance(context, actor, id)
}

/**
 * Wakes a sleeping instance; one that runs or is on its way is left alone.
 *
 * @throws {AppError} `not_found`, `forbidden`, `conflict` for one that failed or is on its way out, `cannot_launch` for one that
 *   would never fit
 */
export async function resumeInstance(context: Needs, actor: Actor, id: string): Promise<InstanceRow> {
  const before = await findInstance(context, actor, id, 'resume')
  if (before.wanted === 'suspended') requireRoom(context.config, reservationOf(context.config, manifestOf(before)))
  const taken = await context.instances.wantResumed(id, context.clock.now())
  if (taken) context.reconciler.wake()
  else if (before.wanted === 'gone')
    throw new AppError('conflict', 'The instance is being terminated. Launch a new one.')
  else if (before.status === 'FAILED') throw new AppError('conflict', 'It failed: restart it to try again.')
  return findInstance(context, actor, id)
}
