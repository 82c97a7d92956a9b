import type { Actor } from '../actor.ts'
import type { Database } from '../db/database.ts'

type AppFacts = Pick<Database['app'], 'ownerId' | 'visibility' | 'lifecycle'>

const owns = (actor: Actor, app: AppFacts) => app.ownerId === actor.id
const listed = (app: AppFacts) => app.visibility !== 'PRIVATE'
const administers = (actor: Actor, app: AppFacts) => owns(actor, app) || actor.isAdmin

/** Who may do what with an app. */
export const can = {
  see: (actor: Actor, app: AppFacts) => administers(actor, app) || listed(app),
  /** De-listing stops new instances of everybody but the owner. A MANAGED app is run by who looks after it, for all. */
  launch: (actor: Actor, app: AppFacts) => {
    if (app.lifecycle === 'LINK') return false
    if (app.lifecycle === 'MANAGED') return owns(actor, app) || (actor.isAdmin && listed(app))
    return owns(actor, app) || listed(app)
  },
  update: administers,
  delete: administers,
  download: administers,
}
