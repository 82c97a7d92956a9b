import type { Visibility } from '@wave-store/contract'
import type { Actor, Reader } from '../actor.ts'

export interface AppFacts {
  ownerId: string
  /** As it counts in this store: without public mode nothing is PUBLIC. */
  visibility: Visibility
  lifecycle: 'ON_DEMAND' | 'MANAGED' | 'LINK'
  /** Visitor roles of all tags that the app bears. */
  visitorRoles: readonly string[]
}

const owns = (actor: Actor, app: AppFacts) => actor.hasFullAccess && app.ownerId === actor.id
const administers = (reader: Reader, app: AppFacts) => reader !== null && (owns(reader, app) || reader.isAdmin)
const listed = (app: AppFacts) => app.visibility !== 'PRIVATE'
/** Whether a listed app is meant for the actor: with full access always, for visitors where a tag of it admits them. */
const admitted = (actor: Actor, app: AppFacts) =>
  listed(app) && (actor.hasFullAccess || app.visitorRoles.some((role) => actor.roles.includes(role)))

/** Who may do what with an app. */
export const can = {
  see: (reader: Reader, app: AppFacts) =>
    app.visibility === 'PUBLIC' || (reader !== null && (administers(reader, app) || admitted(reader, app))),
  /** De-listing stops new instances of everybody but the owner. A MANAGED app is run by who looks after it, for all. */
  launch: (reader: Reader, app: AppFacts) => {
    if (reader === null || app.lifecycle === 'LINK') return false
    if (app.lifecycle === 'MANAGED') return owns(reader, app) || (reader.isAdmin && listed(app))
    return owns(reader, app) || admitted(reader, app)
  },
  /** Tags and owners' addresses are for people with full access. */
  seeTags: (reader: Reader) => reader?.hasFullAccess ?? false,
  seeAddresses: (reader: Reader) => reader?.hasFullAccess ?? false,
  update: administers,
  delete: administers,
  download: administers,
  readStatistics: administers,
  /** Whose an app is decides whose secrets it gets, so nobody is handed one but by an administrator. */
  transfer: (reader: Reader) => reader?.isAdmin === true,
}
