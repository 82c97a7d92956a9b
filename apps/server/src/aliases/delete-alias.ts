import type { Actor } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { findAlias } from './find-alias.ts'

/**
 * Gives a name back: from then on it is anybody's. Its instance stays.
 *
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function deleteAlias(
  context: Pick<AppContext, 'aliases' | 'instanceChanges' | 'instances'>,
  actor: Actor,
  name: string,
): Promise<void> {
  const { alias, instance } = await findAlias(context, actor, name, 'delete')
  await context.aliases.release(alias)
  if (instance) context.instanceChanges.tell(instance.id)
}
