import type { Reader } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import type { InstanceRow } from './repository.ts'
import { requireStartable } from './require-startable.ts'

export type StartNeeds = Pick<
  AppContext,
  'apps' | 'capabilities' | 'clock' | 'config' | 'instances' | 'reconciler' | 'secrets'
>

/**
 * Asks for a process of an instance that sleeps, for whoever may ask; one that runs or is on its way is left alone.
 *
 * @returns whether it slept
 * @throws {AppError} what `requireStartable` throws, `conflict` for one that failed or is on its way out
 */
export async function startAsleep(context: StartNeeds, reader: Reader, instance: InstanceRow): Promise<boolean> {
  const { apps, clock, instances, reconciler } = context
  if (instance.wanted === 'suspended') await requireStartable(context, reader, (await apps.byId(instance.appId))!)
  if (await instances.wantResumed(instance.id, clock.now())) {
    reconciler.wake()
    return true
  }
  if (instance.wanted === 'gone') throw new AppError('conflict', 'The instance is being terminated. Launch a new one.')
  if (instance.status === 'FAILED') throw new AppError('conflict', 'It failed: restart it to try again.')
  return false
}
