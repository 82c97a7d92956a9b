import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { findInstance } from './find-instance.ts'
import type { InstanceRow } from './repository.ts'
import { requireStartable } from './require-startable.ts'

/**
 * Asks for a fresh process of the instance, after a failure too.
 *
 * @throws {AppError} `not_found`, `forbidden`, `cannot_launch` when it is on its way out, and what `requireStartable` throws
 */
export async function restartInstance(
  context: Pick<AppContext, 'apps' | 'capabilities' | 'clock' | 'config' | 'instances' | 'reconciler' | 'secrets'>,
  actor: Actor,
  id: string,
): Promise<InstanceRow> {
  const before = await findInstance(context, actor, id, 'restart')
  await requireStartable(context, actor, (await context.apps.byId(before.appId))!)
  const taken = await context.instances.wantRestart(id, context.clock.now())
  if (!taken) throw new AppError('cannot_launch', 'The instance is being terminated. Launch a new one.')
  context.reconciler.wake()
  return findInstance(context, actor, id)
}
