import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { findTag } from './find-tag.ts'
import { keepsTag } from './policy.ts'
import type { TagRow, TagValues } from './repository.ts'

export type TagChange = { [K in keyof TagValues]?: TagValues[K] | undefined }

/**
 * Changes what is given. Who looks after the tag by a role keeps one that they hold among its admin roles.
 *
 * @throws {AppError} `not_found`, `forbidden`, `conflict` when another tag has the name in whatever case
 */
export async function updateTag(
  context: Pick<AppContext, 'instanceChanges' | 'tags'>,
  actor: Actor,
  { tagId, ...change }: TagChange & { tagId: string },
): Promise<TagRow> {
  const tag = await findTag(context, actor, tagId, 'update')
  const wanted = given(change)
  const { adminRoles, title } = { ...tag, ...wanted }
  if (!keepsTag(actor, { adminRoles }))
    throw new AppError(
      'forbidden',
      `You hold none of the roles ${adminRoles.join(', ')}, so you could not change ${title} again. Keep one of yours: ${actor.roles.join(', ') || 'you hold none'}.`,
    )
  await context.tags.update(tagId, wanted)
  context.instanceChanges.tell('all')
  return findTag(context, actor, tagId)
}

function given(change: TagChange): Partial<TagValues> {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([key, value]) => [key, Array.isArray(value) ? [...new Set(value)] : value]))
}
