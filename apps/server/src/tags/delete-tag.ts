import type { Actor } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { findTag } from './find-tag.ts'

/**
 * Takes the tag off every app, and away.
 *
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function deleteTag(
  { instanceChanges, tags }: Pick<AppContext, 'instanceChanges' | 'tags'>,
  actor: Actor,
  tagId: string,
): Promise<void> {
  await findTag({ tags }, actor, tagId, 'delete')
  await tags.delete(tagId)
  instanceChanges.tell('all')
}
