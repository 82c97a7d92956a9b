import type { Actor } from '../actor.ts'
import { findApp } from '../apps/find-app.ts'
import type { AppRow } from '../apps/repository.ts'
import type { AppContext } from '../context.ts'
import type { Assignment } from './assign-tag.ts'
import { findTag } from './find-tag.ts'

/**
 * Takes a tag off an app that the actor sees; its running instances are left alone.
 *
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function removeTag(
  context: Pick<AppContext, 'apps' | 'clock' | 'instanceChanges' | 'tags'>,
  actor: Actor,
  { appId, tagId }: Assignment,
): Promise<AppRow> {
  await findApp(context, actor, appId)
  await findTag(context, actor, tagId, 'assign')
  if (await context.tags.remove(appId, tagId)) await context.apps.touch(appId, context.clock.now())
  context.instanceChanges.tell('all')
  return findApp(context, actor, appId)
}
