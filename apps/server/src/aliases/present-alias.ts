import type { Alias } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { presentOwner } from '../apps/present-owner.ts'
import type { AppContext } from '../context.ts'
import { instanceUrl } from '../instances/instance-url.ts'
import { may } from '../instances/policy.ts'
import { type FoundAlias, factsOf } from './find-alias.ts'
import { mayAliases } from './policy.ts'

export function presentAlias({ config }: Pick<AppContext, 'config'>, actor: Actor, found: FoundAlias): Alias {
  const { alias, instance } = found
  const isSeen = instance !== undefined && may.see(actor, instance)
  return {
    name: alias.name,
    url: instanceUrl(config, alias.name),
    instance: isSeen ? { id: instance.id, appTitle: instance.appTitle, appVersion: instance.appVersion } : null,
    owner: presentOwner(actor, alias),
    isPrimary: instance !== undefined && alias.isPrimary === 1,
    createdAt: new Date(alias.createdAt).toISOString(),
    can: { update: mayAliases.update(actor, factsOf(found)), delete: mayAliases.delete(actor, factsOf(found)) },
  }
}
