import { operations } from '@wave-store/contract'
import { Router } from 'express'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { findApp } from '../apps/find-app.ts'
import { presentAppDetails } from '../apps/present-app.ts'
import { fields } from '../audit/event.ts'
import { appTarget, tagTarget } from '../audit/targets.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { assignTag } from './assign-tag.ts'
import { createTag } from './create-tag.ts'
import { deleteTag } from './delete-tag.ts'
import { findTag } from './find-tag.ts'
import { mayTags } from './policy.ts'
import { presentTag } from './present-tag.ts'
import { removeTag } from './remove-tag.ts'
import { updateTag } from './update-tag.ts'

export function tagRoutes(context: AppContext): Router {
  const router = Router()
  const { tags } = context
  const affectedBy = async (tagId: string, actor: Actor) =>
    (await tags.appOfEachOwner(tagId)).filter((app) => app.ownerId !== actor.id).map(appTarget)

  mount(router, operations.listTags, async ({ actor }) => {
    if (!mayTags.see(actor)) throw new AppError('forbidden', 'Visitors see no tags.')
    return { items: (await tags.all()).map((row) => presentTag(actor, row)), can: { create: mayTags.create(actor) } }
  })

  mount(router, operations.getTag, async ({ actor, params }) =>
    presentTag(actor, await findTag(context, actor, params.tagId)),
  )

  mount(router, operations.createTag, async ({ actor, audit, body }) => {
    const row = await createTag(context, actor, body)
    audit.about(tagTarget(row), fields(body))
    return presentTag(actor, row)
  })

  mount(router, operations.updateTag, async ({ actor, audit, params, body }) => {
    const before = await findTag(context, actor, params.tagId)
    audit.about(tagTarget(before), `tag: ${before.name}, ${fields(body)}`)
    const tag = await updateTag(context, actor, { ...params, ...body })
    if (String(tag.visitorRoles) !== String(before.visitorRoles)) audit.alsoAbout(await affectedBy(tag.id, actor))
    return presentTag(actor, tag)
  })

  mount(router, operations.deleteTag, async ({ actor, audit, params }) => {
    const tag = await findTag(context, actor, params.tagId)
    audit.about(tagTarget(tag), `tag: ${tag.name}, taken off ${tag.appCount} apps`)
    const affected = await affectedBy(tag.id, actor)
    await deleteTag(context, actor, tag.id)
    audit.alsoAbout(affected)
  })

  for (const [operation, change] of [
    [operations.assignTag, assignTag],
    [operations.removeTag, removeTag],
  ] as const)
    mount(router, operation, async ({ actor, audit, params }) => {
      const app = await findApp(context, actor, params.appId)
      const tag = await findTag(context, actor, params.tagId)
      audit.about(appTarget(app), `tag: ${tag.name}, visitor roles: ${tag.visitorRoles.join(' ') || 'none'}`)
      return presentAppDetails(context, actor, await change(context, actor, params))
    })

  return router
}
