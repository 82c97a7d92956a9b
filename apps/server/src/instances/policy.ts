import type { Visibility } from '@wave-store/contract'
import type { Actor } from '../actor.ts'

export interface InstanceFacts {
  ownerId: string
  visibility: Visibility
  /** Owner of the app it runs. */
  appOwnerId: string
}

const owns = (actor: Actor, instance: InstanceFacts) => instance.ownerId === actor.id
const shared = (instance: InstanceFacts) => instance.visibility !== 'PRIVATE'
const administers = (actor: Actor, instance: InstanceFacts) => owns(actor, instance) || actor.isAdmin

/** Who may do what with an instance. */
export const may = {
  /** The owner of its app reads its metadata too. */
  see: (actor: Actor, instance: InstanceFacts) =>
    administers(actor, instance) || shared(instance) || instance.appOwnerId === actor.id,
  /** Use the app itself. Admins do not open another person's PRIVATE instance. */
  open: (actor: Actor, instance: InstanceFacts) => owns(actor, instance) || shared(instance),
  readLogs: (actor: Actor, instance: InstanceFacts) => administers(actor, instance) || instance.appOwnerId === actor.id,
  update: administers,
  restart: administers,
  terminate: administers,
}
