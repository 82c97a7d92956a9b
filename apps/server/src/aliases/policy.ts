import type { Actor } from '../actor.ts'
import { type InstanceFacts, may } from '../instances/policy.ts'

export interface AliasFacts {
  ownerId: string
  /** Where it leads; undefined: its instance was terminated. */
  instance: InstanceFacts | undefined
}

const administers = (actor: Actor, alias: AliasFacts) => alias.ownerId === actor.id || actor.isAdmin

/** Who may do what with a name. It stays its owner's when its instance is terminated. */
export const mayAliases = {
  see: (actor: Actor, alias: AliasFacts) =>
    administers(actor, alias) || (alias.instance !== undefined && may.see(actor, alias.instance)),
  /** Give an instance a name. */
  create: (actor: Actor, instance: InstanceFacts) => may.update(actor, instance),
  update: administers,
  delete: administers,
  seeAll: (actor: Actor) => actor.isAdmin,
}
