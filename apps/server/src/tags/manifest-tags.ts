import type { ProblemItem } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { mayTags } from './policy.ts'
import { tagNameKey } from './tag-name-key.ts'

/**
 * The tags that a manifest names and the importer may assign; the others become warnings of the app (product rules,
 * section 3).
 *
 * @param names as `[App] Tags` lists them
 */
export async function manifestTags(
  { tags }: Pick<AppContext, 'tags'>,
  actor: Actor,
  names: readonly string[],
): Promise<{ tagIds: string[]; warnings: ProblemItem[] }> {
  if (names.length === 0) return { tagIds: [], warnings: [] }
  const known = new Map((await tags.all()).map((tag) => [tagNameKey(tag.name), tag]))
  const tagIds = new Set<string>()
  const warnings: ProblemItem[] = []
  for (const name of new Set(names)) {
    const tag = known.get(tagNameKey(name))
    if (tag && mayTags.assign(actor, tag)) tagIds.add(tag.id)
    else
      warnings.push(
        notAssigned(name, tag ? `you hold none of the roles ${tag.adminRoles.join(', ')}` : 'there is no such tag'),
      )
  }
  return { tagIds: [...tagIds], warnings }
}

function notAssigned(name: string, reason: string): ProblemItem {
  return {
    severity: 'warning',
    code: 'tag_not_assigned',
    message: `The tag ${name} was not assigned: ${reason}. Somebody who may can assign it now.`,
    place: { entry: 'app.toml', table: 'App', key: 'Tags' },
  }
}
