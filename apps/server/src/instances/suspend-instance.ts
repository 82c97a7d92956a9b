import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { findInstance } from './find-instance.ts'
import type { InstanceRow } from './repository.ts'
import { type StartNeeds, startAsleep } from './start-asleep.ts'

type Needs = Pick<AppContext, 'clock' | 'instances' | 'reconciler'>

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
 * @throws {AppError} `not_found`, `forbidden`, and what `startAsleep` throws
 */
export async function resumeInstance(context: StartNeeds, actor: Actor, id: string): Promise<InstanceRow> {
  await startAsleep(context, actor, await findInstance(context, actor, id, 'resume'))
  return findInstance(context, actor, id)
}
