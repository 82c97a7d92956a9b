import { AppError } from '../app-error.ts'
import { launchRefusal } from '../apps/launch-refusal.ts'
import { manifestOf } from '../apps/present-app.ts'
import type { AppContext } from '../context.ts'
import type { InstanceRow } from './repository.ts'
import { requireRoom } from './require-room.ts'
import { reservationOf } from './reservation.ts'

/**
 * Asks for a process of an instance that sleeps, for whoever may ask; one that runs or is on its way is left alone.
 *
 * @returns whether it slept
 * @throws {AppError} `cannot_launch` with what is missing, `conflict` for one that failed or is on its way out
 */
export async function startAsleep(
  context: Pick<AppContext, 'capabilities' | 'clock' | 'config' | 'instances' | 'reconciler'>,
  instance: InstanceRow,
): Promise<boolean> {
  const { capabilities, clock, config, instances, reconciler } = context
  if (instance.wanted === 'suspended') {
    const refusal = launchRefusal(manifestOf(instance), capabilities, config.runtime.allowUnsandboxed)
    if (refusal) throw new AppError('cannot_launch', refusal)
    requireRoom(config, reservationOf(config, manifestOf(instance)))
  }
  if (await instances.wantResumed(instance.id, clock.now())) {
    reconciler.wake()
    return true
  }
  if (instance.wanted === 'gone') throw new AppError('conflict', 'The instance is being terminated. Launch a new one.')
  if (instance.status === 'FAILED') throw new AppError('conflict', 'It failed: restart it to try again.')
  return false
}
