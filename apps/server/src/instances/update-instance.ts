import type { Visibility } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { requireOffered } from '../apps/update-app.ts'
import type { AppContext } from '../context.ts'
import { findInstance } from './find-instance.ts'
import type { InstanceRow } from './repository.ts'

const longestAwakeMs = 30 * 24 * 60 * 60_000

/**
 * Changes who opens an instance, or until when it is kept awake.
 *
 * @throws {AppError} `not_found`, `forbidden`, `invalid_request` for what this store does not offer
 */
export async function updateInstance(
  context: Pick<AppContext, 'clock' | 'config' | 'instances'>,
  actor: Actor,
  instanceId: string,
  changes: { visibility?: Visibility | undefined; keepAwakeUntil?: string | null | undefined },
): Promise<InstanceRow> {
  const { id } = await findInstance(context, actor, instanceId, 'update')
  const { visibility, keepAwakeUntil } = changes
  const until = keepAwakeUntil ? Date.parse(keepAwakeUntil) : null
  if (until !== null && until > context.clock.now() + longestAwakeMs)
    throw new AppError('invalid_request', 'body.keepAwakeUntil: At most 30 days from now')
  if (visibility !== undefined) {
    requireOffered(context.config, visibility)
    await context.instances.setVisibility(id, visibility)
  }
  if (keepAwakeUntil !== undefined) await context.instances.keepAwake(id, until)
  return findInstance(context, actor, id)
}
