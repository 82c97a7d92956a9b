import { operations } from '@wave-store/contract'
import { Router } from 'express'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { fields } from '../audit/event.ts'
import { aliasTarget } from '../audit/targets.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { findInstance } from '../instances/find-instance.ts'
import { createAlias } from './create-alias.ts'
import { deleteAlias } from './delete-alias.ts'
import { findAlias, withInstance } from './find-alias.ts'
import { mayAliases } from './policy.ts'
import { presentAlias } from './present-alias.ts'
import { updateAlias } from './update-alias.ts'

export function aliasRoutes(context: AppContext): Router {
  const router = Router()

  mount(router, operations.listAliases, async ({ actor, query }) => {
    const rows = await listed(context, actor, query)
    const found = await Promise.all(rows.map((row) => withInstance(context, row)))
    return { items: found.map((one) => presentAlias(context, actor, one)) }
  })

  mount(router, operations.createAlias, async ({ actor, audit, body }) => {
    audit.about({ kind: 'alias', id: body.name, name: '', ownerId: null }, fields(body))
    const found = await createAlias(context, actor, body)
    audit.about(aliasTarget(found.alias))
    return presentAlias(context, actor, found)
  })

  mount(router, operations.updateAlias, async ({ actor, audit, params, body }) => {
    audit.about(aliasTarget((await findAlias(context, actor, params.name)).alias), fields(body))
    return presentAlias(context, actor, await updateAlias(context, actor, params.name, body))
  })

  mount(router, operations.deleteAlias, async ({ actor, audit, params }) => {
    audit.about(aliasTarget((await findAlias(context, actor, params.name)).alias))
    await deleteAlias(context, actor, params.name)
  })

  return router
}

async function listed(context: AppContext, actor: Actor, query: { instanceId?: string; scope: 'mine' | 'all' }) {
  const { aliases } = context
  if (query.instanceId !== undefined)
    return aliases.ofInstance((await findInstance(context, actor, query.instanceId)).id)
  if (query.scope === 'mine') return aliases.ownedBy(actor.id)
  if (!mayAliases.seeAll(actor)) throw new AppError('forbidden', "Only administrators see everybody's names.")
  return aliases.all()
}
