import type { Actor } from '../actor.ts'
import { AppError, notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { mayTags } from './policy.ts'
import type { TagRow } from './repository.ts'

/**
 * The tag, if the actor may see it and do what is asked.
 *
 * @throws {AppError} `not_found`, also for visitors; `forbidden` for somebody who sees it
 */
export async function findTag(
  { tags }: Pick<AppContext, 'tags'>,
  actor: Actor,
  id: string,
  verb: 'see' | 'assign' | 'update' | 'delete' = 'see',
): Promise<TagRow> {
  const tag = mayTags.see(actor) ? await tags.byId(id) : undefined
  if (!tag) throw notFound('tag', id)
  if (!mayTags[verb](actor, tag)) throw new AppError('forbidden', refusal(tag, verb))
  return tag
}

function refusal({ title, adminRoles }: TagRow, verb: string): string {
  if (verb === 'delete') return `Only administrators delete tags. You may not delete ${title}.`
  return `You may not ${verb} the tag ${title}: it takes one of the roles ${adminRoles.join(', ')}.`
}
