import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { mayTags } from './policy.ts'
import type { TagRow, TagValues } from './repository.ts'

/** @throws {AppError} `forbidden`, `conflict` when another tag has the name in whatever case */
export async function createTag(
  { tags }: Pick<AppContext, 'tags'>,
  actor: Actor,
  input: Omit<TagValues, 'title'> & { title?: string | undefined },
): Promise<TagRow> {
  if (!mayTags.create(actor)) throw new AppError('forbidden', 'Only administrators create tags.')
  return tags.insert({
    ...input,
    title: input.title ?? input.name,
    adminRoles: [...new Set(input.adminRoles)],
    visitorRoles: [...new Set(input.visitorRoles)],
  })
}
