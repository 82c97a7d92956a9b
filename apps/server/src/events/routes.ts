import { operations } from '@wave-store/contract'
import { Router } from 'express'
import { findApp } from '../apps/find-app.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { findInstance } from '../instances/find-instance.ts'
import { InstanceFeed, inScope } from './instance-feed.ts'

export function eventRoutes(context: AppContext): Router {
  const router = Router()
  const { events } = context

  mount(router, operations.followEvents, async ({ actor, again, query, response }) => {
    if (query.instanceId !== undefined) await findInstance(context, actor, query.instanceId)
    else if (query.appId !== undefined) await findApp(context, actor, query.appId)
    const known = (await inScope(context, actor, query)).map(({ id }) => id)
    events.requireRoom(actor.id)
    if (response.destroyed) return
    response.set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    const feed = new InstanceFeed(context, response, { actor, again, scope: query, known })
    events.add(actor.id, feed)
    response.once('close', () => events.remove(feed))
    feed.hello()
  })

  return router
}
