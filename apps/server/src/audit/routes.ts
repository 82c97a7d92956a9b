import { type AuditEvent, operations } from '@wave-store/contract'
import { Router } from 'express'
import type { Actor } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { listAuditEvents } from './list-audit-events.ts'
import type { AuditRow } from './repository.ts'

export function auditRoutes(context: AppContext): Router {
  const router = Router()
  const { audit, people } = context

  mount(router, operations.listAuditEvents, async ({ actor, query }) => {
    const { rows, hasMore } = await listAuditEvents(context, actor, query)
    return { items: rows.map((row) => present(actor, row)), hasMore }
  })

  mount(router, operations.markNewsRead, async ({ actor, body }) => {
    await people.markNewsSeen(actor.id, Math.min(body.upTo, await audit.lastId()))
  })

  return router
}

/** Where others are is told to administrators only. */
function present(reader: Actor, row: AuditRow): AuditEvent {
  const { targetKind: kind, targetId: id, targetName } = row
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName },
    via: row.via,
    address: reader.isAdmin || row.actorId === reader.id ? row.address : '',
    action: row.action,
    target: kind === null || id === null ? null : { kind, id, name: targetName ?? '' },
    outcome: row.outcome,
    detail: row.detail,
  }
}
