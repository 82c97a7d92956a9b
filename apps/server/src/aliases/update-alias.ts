import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { findInstance } from '../instances/find-instance.ts'
import { type FoundAlias, findAlias } from './find-alias.ts'

type Needs = Pick<AppContext, 'aliases' | 'instanceChanges' | 'instances'>

/**
 * Moves a name to another instance of its owner's, or changes whether it is its instance's primary one. A name that
 * moves is the primary one where there is no other.
 *
 * @throws {AppError} `not_found`, `forbidden`, `conflict` for an instance of somebody else's, or none
 */
export async function updateAlias(
  context: Needs,
  actor: Actor,
  name: string,
  { instanceId, isPrimary }: { instanceId?: string | undefined; isPrimary?: boolean | undefined },
): Promise<FoundAlias> {
  const { alias, instance } = await findAlias(context, actor, name, 'update')
  const target = instanceId === undefined ? instance : await findInstance(context, actor, instanceId, 'update')
  if (!target || target.wanted === 'gone')
    throw new AppError('conflict', `The instance of ${name} was terminated. Move the name to another one first.`)
  if (target.ownerId !== alias.ownerId)
    throw new AppError('conflict', `${name} belongs to ${alias.ownerName}: it leads to instances of theirs only.`)
  await context.aliases.lead(alias, target.id, isPrimary)
  for (const id of new Set([instance?.id, target.id])) if (id !== undefined) context.instanceChanges.tell(id)
  return findAlias(context, actor, name)
}
