import type { Actor } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { findApp } from './find-app.ts'
import type { AppRow } from './repository.ts'

/**
 * Gives a version the place in the Catalog that another one of its name has, which becomes PRIVATE, in one step: forwards
 * to a newer version or back to an older one (developer guide, Updating App To a Newer Version). Running instances are
 * left alone.
 *
 * @returns the version as it is then, and those that made room for it
 */
export async function promoteApp(
  context: Pick<AppContext, 'apps' | 'clock' | 'instanceChanges'>,
  actor: Actor,
  appId: string,
): Promise<{ app: AppRow; replaced: string[] }> {
  const app = await findApp(context, actor, appId, 'update')
  const replaced = await context.apps.promote(app, context.clock.now())
  context.instanceChanges.tell('all')
  return { app: await findApp(context, actor, appId), replaced }
}
