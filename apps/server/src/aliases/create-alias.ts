import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { findInstance } from '../instances/find-instance.ts'
import { type FoundAlias, withInstance } from './find-alias.ts'
import { reservedBecause } from './reserved-names.ts'

type Needs = Pick<AppContext, 'aliases' | 'config' | 'instanceChanges' | 'instances'>

/**
 * Gives an instance a name that nobody has. It is the instance owner's, whoever gives it.
 *
 * @throws {AppError} `not_found`, `forbidden`, `invalid_request` for a name that is reserved, `conflict` for one that is
 * taken or an instance on its way out, `quota_exceeded`
 */
export async function createAlias(
  context: Needs,
  actor: Actor,
  { name, instanceId, isPrimary }: { name: string; instanceId: string; isPrimary?: boolean | undefined },
): Promise<FoundAlias> {
  const { aliases, config, instanceChanges } = context
  const instance = await findInstance(context, actor, instanceId, 'update')
  if (instance.wanted === 'gone') throw new AppError('conflict', 'The instance is being terminated.')
  const reason = reservedBecause(name, config)
  if (reason) throw new AppError('invalid_request', `body.name: nobody gets the name ${name}, since ${reason}.`)
  const quota = config.instances.aliasesPerUser
  await aliases.take({ name, ownerId: instance.ownerId, instanceId, isPrimary, quota })
  instanceChanges.tell(instanceId)
  return withInstance(context, (await aliases.byName(name))!)
}
