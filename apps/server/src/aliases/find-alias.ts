import type { Actor } from '../actor.ts'
import { AppError, notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import type { InstanceRow } from '../instances/repository.ts'
import { mayAliases } from './policy.ts'
import type { AliasRow } from './repository.ts'

/** A name, and the instance that it leads to. */
export interface FoundAlias {
  alias: AliasRow
  /** Undefined: it was terminated. */
  instance: InstanceRow | undefined
}

type Needs = Pick<AppContext, 'aliases' | 'instances'>

/**
 * The alias, if the actor may see it and do what is asked.
 *
 * @throws {AppError} `not_found`, or `forbidden` for somebody who sees it
 */
export async function findAlias(
  context: Needs,
  actor: Actor,
  name: string,
  verb: 'see' | 'update' | 'delete' = 'see',
): Promise<FoundAlias> {
  const alias = await context.aliases.byName(name)
  const found = alias && (await withInstance(context, alias))
  if (!found || !mayAliases.see(actor, factsOf(found))) throw notFound('alias', name)
  if (!mayAliases[verb](actor, factsOf(found)))
    throw new AppError('forbidden', `${name} is somebody else's name: only they move it or give it back.`)
  return found
}

export async function withInstance({ instances }: Pick<Needs, 'instances'>, alias: AliasRow): Promise<FoundAlias> {
  const row = alias.instanceId === null ? undefined : await instances.byId(alias.instanceId)
  return { alias, instance: row?.wanted === 'gone' ? undefined : row }
}

export function factsOf({ alias, instance }: FoundAlias) {
  return { ownerId: alias.ownerId, instance }
}
