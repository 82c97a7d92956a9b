import type { KnownPerson } from '@wave-store/contract'
import { actorFrom } from '../actor.ts'
import type { AppContext } from '../context.ts'
import type { PersonRow } from './repository.ts'

/** Somebody, to administrators. */
export function presentPerson({ clock, config }: Pick<AppContext, 'clock' | 'config'>, row: PersonRow): KnownPerson {
  const { id, name, email, roles, isAdmin, hasFullAccess } = actorFrom(config.identity.roles, row)
  const isGone = row.confirmedUntil !== null && row.confirmedUntil <= clock.now()
  return {
    id,
    name,
    email,
    roles: [...roles],
    isAdmin,
    hasFullAccess,
    goneSince: isGone ? new Date(row.confirmedUntil!).toISOString() : null,
    createdAt: new Date(row.createdAt).toISOString(),
  }
}
