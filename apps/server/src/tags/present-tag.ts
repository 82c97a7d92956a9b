import type { Tag } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { mayTags } from './policy.ts'
import type { TagRow } from './repository.ts'

/** A tag as one person with full access sees it. */
export function presentTag(actor: Actor, row: TagRow): Tag {
  return {
    ...row,
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
    can: {
      assign: mayTags.assign(actor, row),
      update: mayTags.update(actor, row),
      delete: mayTags.delete(actor),
    },
  }
}
