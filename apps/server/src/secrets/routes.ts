import { operations, type Secret, type SecretAudience, type SecretValue } from '@wave-store/contract'
import express, { Router } from 'express'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { secretTarget } from '../audit/targets.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { createSecret, deleteSecret, updateSecret } from './change-secret.ts'
import { findSecret } from './find-secret.ts'
import { maySecrets } from './policy.ts'
import { presentSecret, presentSecrets } from './present-secret.ts'

/** All that a secret may hold, as JSON. */
export const secretBody = express.json({ limit: '8mb', type: 'application/json' })

export function secretRoutes(context: AppContext): Router {
  const router = Router()
  const { apps, secrets } = context

  mount(router, operations.listSecrets, async ({ actor, query }) => {
    if (!maySecrets.create(actor)) throw new AppError('forbidden', 'Visitors keep no secrets.')
    const can = { create: true, createShared: maySecrets.createShared(actor) }
    return { items: await listSecrets(actor, query.scope), can }
  })

  mount(router, operations.getSecret, async ({ actor, params }) =>
    presentSecret(context, actor, await findSecret(context, actor, params.secretId)),
  )

  mount(router, operations.createSecret, async ({ actor, audit, body }) => {
    const row = await createSecret(context, actor, body)
    audit.about(secretTarget(row), detailOf({ kind: body.kind, set: body.values, audience: row.audience ?? undefined }))
    return presentSecret(context, actor, row)
  })

  mount(router, operations.updateSecret, async ({ actor, audit, params, body }) => {
    audit.about(secretTarget(await findSecret(context, actor, params.secretId)), detailOf(body))
    return presentSecret(context, actor, await updateSecret(context, actor, { ...params, ...body }))
  })

  mount(router, operations.deleteSecret, async ({ actor, audit, params }) => {
    audit.about(secretTarget(await findSecret(context, actor, params.secretId)))
    await deleteSecret(context, actor, params.secretId)
  })

  async function listSecrets(actor: Actor, scope: 'usable' | 'all'): Promise<Secret[]> {
    if (scope === 'all') {
      if (!maySecrets.seeAll(actor)) throw new AppError('forbidden', 'Only administrators see the secrets of others.')
      return presentSecrets(context, actor, await secrets.list('all'))
    }
    const rows = await secrets.list({ ownerId: actor.id, orShared: true })
    const appNames = await apps.namesOwnedBy(actor.id)
    // An administrator sees every shared one, but this is the list of what their own apps may use.
    const asPerson = { ...actor, isAdmin: false }
    return presentSecrets(
      context,
      actor,
      rows.filter((row) => maySecrets.see(asPerson, row, appNames)),
    )
  }

  return router
}

/** Names and keys, never a value. */
function detailOf(asked: {
  kind?: string
  set?: Record<string, SecretValue> | undefined
  remove?: string[] | undefined
  audience?: SecretAudience | undefined
  description?: string | undefined
}): string {
  const { kind, set = {}, remove = [], audience } = asked
  const parts = [
    kind && `kind: ${kind}`,
    Object.keys(set).length > 0 && `set: ${Object.keys(set).join(' ')}`,
    remove.length > 0 && `removed: ${remove.join(' ')}`,
    audience &&
      `audience: ${audience.kind === 'everyone' ? 'everyone' : [...audience.people, ...audience.apps].join(' ')}`,
    asked.description !== undefined && 'description',
  ]
  return parts.filter(Boolean).join(', ')
}
