import type { Actor } from '../actor.ts'
import { findApp } from '../apps/find-app.ts'
import type { AppRow } from '../apps/repository.ts'
import type { AppContext } from '../context.ts'
import { findTag } from './find-tag.ts'

export interface Assignment {
  appId: string
  tagId: string
}

type Needs = Pick<AppContext, 'apps' | 'clock' | 'instanceChanges' | 'tags'>

/**
 * Puts a tag on an app that the actor sees; visitors whom the tag admits see the app from then on, unless it is PRIVATE.
 *
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function assignTag(context: Needs, actor: Actor, { appId, tagId }: Assignment): Promise<AppRow> {
  await findApp(context, actor, appId)
  await findTag(context, actor, tagId, 'assign')
  if (await context.tags.assign(appId, tagId)) await context.apps.touch(appId, context.clock.now())
  context.instanceChanges.tell('all')
  return findApp(context, actor, appId)
}
