import type { Actor } from '../actor.ts'

export interface TagFacts {
  adminRoles: readonly string[]
}

const holdsOneOf = (actor: Actor, roles: readonly string[]) =>
  roles.length === 0 || roles.some((role) => actor.roles.includes(role))
const looksAfter = (actor: Actor, tag: TagFacts) =>
  actor.isAdmin || (actor.hasFullAccess && holdsOneOf(actor, tag.adminRoles))

/** Who may do what with tags (developer guide, Managing App Tags). */
export const mayTags = {
  see: (actor: Actor) => actor.hasFullAccess,
  create: (actor: Actor) => actor.isAdmin,
  /** Put it on apps that one sees, and take it off. */
  assign: looksAfter,
  update: looksAfter,
  delete: (actor: Actor) => actor.isAdmin,
}

/** Whether the actor could still change a tag that has these admin roles; nobody gives a tag away unnoticed. */
export const keepsTag = looksAfter
