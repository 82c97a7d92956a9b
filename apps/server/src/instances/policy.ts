import type { Visibility } from '@wave-store/contract'
import type { Actor, Reader } from '../actor.ts'
import { type AppFacts, can } from '../apps/policy.ts'

export interface InstanceFacts {
  ownerId: string
  /** As it counts in this store: without public mode nothing is PUBLIC. */
  visibility: Visibility
  /** The app it runs. */
  app: AppFacts
}

const owns = (actor: Actor, instance: InstanceFacts) => instance.ownerId === actor.id
const shared = (instance: InstanceFacts) => instance.visibility !== 'PRIVATE'
const administers = (reader: Reader, instance: InstanceFacts) =>
  reader !== null && (owns(reader, instance) || reader.isAdmin)
const ownsApp = (actor: Actor, { app }: InstanceFacts) => actor.hasFullAccess && app.ownerId === actor.id
/** A MANAGED instance serves everybody who may see its app, visitors included. */
const served = (actor: Actor, instance: InstanceFacts) =>
  shared(instance) && (actor.hasFullAccess || (instance.app.lifecycle === 'MANAGED' && can.see(actor, instance.app)))

/** Who may do what with an instance. */
export const may = {
  /** The owner of its app reads its metadata too. Visitors see their own only; others they reach by address alone. */
  see: (reader: Reader, instance: InstanceFacts) =>
    reader !== null &&
    (administers(reader, instance) || ownsApp(reader, instance) || (reader.hasFullAccess && shared(instance))),
  /** Use the app itself. Admins do not open another person's PRIVATE instance. */
  open: (reader: Reader, instance: InstanceFacts) =>
    instance.visibility === 'PUBLIC' || (reader !== null && (owns(reader, instance) || served(reader, instance))),
  /** Visitors read no logs, not even their own instance's. */
  readLogs: (reader: Reader, instance: InstanceFacts) =>
    reader?.hasFullAccess === true && (administers(reader, instance) || ownsApp(reader, instance)),
  readMetrics: (reader: Reader, instance: InstanceFacts) =>
    administers(reader, instance) || (reader !== null && ownsApp(reader, instance)),
  update: administers,
  restart: administers,
  suspend: administers,
  resume: administers,
  terminate: administers,
}
