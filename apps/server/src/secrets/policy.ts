import type { SecretAudience } from '@wave-store/contract'
import type { Actor } from '../actor.ts'

export interface SecretFacts {
  /** Null: a shared one. */
  owner: { id: string } | null
  audience: SecretAudience | null
}

const owns = (actor: Actor, { owner }: SecretFacts) => owner !== null && actor.hasFullAccess && owner.id === actor.id
const looksAfter = (actor: Actor, secret: SecretFacts) => (secret.owner === null ? actor.isAdmin : owns(actor, secret))

/** Whether an app may have what the secret holds: its owner's own, or a shared one that is for the owner or the name. */
export function isFor({ owner, audience }: SecretFacts, app: { ownerId: string; name: string }): boolean {
  if (owner !== null) return owner.id === app.ownerId
  if (audience?.kind !== 'some') return true
  return audience.people.includes(app.ownerId) || audience.apps.includes(app.name)
}

/** Who may do what with secrets; nobody reads values (product rules, sections 4 and 6). */
export const maySecrets = {
  create: (actor: Actor) => actor.hasFullAccess,
  createShared: (actor: Actor) => actor.isAdmin,
  seeAll: (actor: Actor) => actor.isAdmin,
  /** @param appNames of the actor's own apps */
  see: (actor: Actor, secret: SecretFacts, appNames: readonly string[]) =>
    actor.isAdmin ||
    owns(actor, secret) ||
    (actor.hasFullAccess &&
      secret.owner === null &&
      ['', ...appNames].some((name) => isFor(secret, { ownerId: actor.id, name }))),
  update: looksAfter,
  delete: looksAfter,
}
