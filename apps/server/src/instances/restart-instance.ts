import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { findInstance } from './find-instance.ts'
import type { InstanceRow } from './repository.ts'

/**
 * Asks for a fresh process of the instance, after a failure too.
 *
 * @throws {AppError} `not_found`, `forbidden`, `cannot_launch` when it is on its way out
 */
export async function restartInstance(
  context: Pick<AppContext, 'clock' | 'instances' | 'reconciler'>,
  actor: Actor,
  id: string,
): Promise<InstanceRow> {
  await findInstance(context, actor, id, 'restart')
  const taken = await context.instances.wantRestart(id, context.clock.now())
  if (!taken) throw new AppError('cannot_launch', 'The instance is being terminated. Launch a new one.')
  context.reconciler.wake()
  return findInstance(context, actor, id)
}
