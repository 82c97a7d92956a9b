import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { findApp } from './find-app.ts'
import type { AppRow } from './repository.ts'

/**
 * Gives the name of the app, with every version of it, to somebody else: from then on they import versions of it, and
 * their secrets are the app's own. Instances stay whose they are, and go on.
 *
 * @throws {AppError} `not_found`, `forbidden`; `invalid_request` for a new owner who is not known, was disabled, or has no
 *   full access
 */
export async function transferApp(
  context: Pick<AppContext, 'apps' | 'clock' | 'instanceChanges' | 'people'>,
  actor: Actor,
  { appId, ownerId }: { appId: string; ownerId: string },
): Promise<AppRow> {
  const app = await findApp(context, actor, appId, 'transfer')
  const owner = await context.people.byId(ownerId)
  if (!owner)
    throw new AppError('invalid_request', `Nobody who has signed in here, and still may, has the id ${ownerId}.`)
  if (!owner.hasFullAccess)
    throw new AppError('invalid_request', `${owner.name} is a visitor, and visitors own no apps.`)
  await context.apps.transfer(app.name, owner.id, context.clock.now())
  context.instanceChanges.tell('all')
  return findApp(context, actor, appId)
}
