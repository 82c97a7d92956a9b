import { operations } from '@wave-store/contract'
import { Router } from 'express'
import type { Actor } from '../actor.ts'
import { findApp } from '../apps/find-app.ts'
import { fields } from '../audit/event.ts'
import { appTarget, instanceTarget } from '../audit/targets.ts'
import { instanceClientId } from '../auth/instance-clients.ts'
import type { AppContext } from '../context.ts'
import { clientAddress } from '../http/client-address.ts'
import { mount } from '../http/mount.ts'
import { findInstance } from './find-instance.ts'
import { launchInstance } from './launch-instance.ts'
import { may } from './policy.ts'
import { presentInstance, presentInstances } from './present-instance.ts'
import type { InstanceRow } from './repository.ts'
import { restartInstance } from './restart-instance.ts'
import { sendLogs } from './send-logs.ts'
import { resumeInstance, suspendInstance } from './suspend-instance.ts'
import { updateInstance } from './update-instance.ts'

export function instanceRoutes(context: AppContext): Router {
  const router = Router()
  const { instances, clock, reconciler } = context

  mount(router, operations.listInstances, async ({ actor, query }) => {
    const rows = await listed(context, actor, query)
    return { items: await presentInstances(context, actor, rows) }
  })

  mount(router, operations.launchInstance, async ({ actor, audit, body, request }) => {
    audit.about(appTarget(await findApp(context, actor, body.appId)), fields({ visibility: body.visibility }))
    const address = clientAddress(request, context.config.proxyHops)
    const instance = await launchInstance(context, actor, { ...body, address })
    audit.about(instanceTarget(instance))
    return presentInstance(context, actor, instance)
  })

  mount(router, operations.getInstance, async ({ actor, params }) =>
    presentInstance(context, actor, await findInstance(context, actor, params.instanceId)),
  )

  mount(router, operations.updateInstance, async ({ actor, audit, params, body }) => {
    audit.about(instanceTarget(await findInstance(context, actor, params.instanceId)), fields(body))
    return presentInstance(context, actor, await updateInstance(context, actor, params.instanceId, body))
  })

  mount(router, operations.suspendInstance, async ({ actor, audit, params }) => {
    audit.about(instanceTarget(await findInstance(context, actor, params.instanceId)))
    return presentInstance(context, actor, await suspendInstance(context, actor, params.instanceId))
  })

  mount(router, operations.resumeInstance, async ({ actor, audit, params }) => {
    audit.about(instanceTarget(await findInstance(context, actor, params.instanceId)))
    return presentInstance(context, actor, await resumeInstance(context, actor, params.instanceId))
  })

  mount(router, operations.restartInstance, async ({ actor, audit, params }) => {
    audit.about(instanceTarget(await findInstance(context, actor, params.instanceId)))
    return presentInstance(context, actor, await restartInstance(context, actor, params.instanceId))
  })

  mount(router, operations.terminateInstance, async ({ actor, audit, params }) => {
    audit.about(instanceTarget(await findInstance(context, actor, params.instanceId)))
    const { id } = await findInstance(context, actor, params.instanceId, 'terminate')
    await instances.wantGone(id, clock.now())
    await context.grants.endAllTo(instanceClientId(id))
    reconciler.wake()
  })

  mount(router, operations.readLogs, async ({ actor, again, audit, params, query, response }) => {
    audit.about(instanceTarget(await findInstance(context, actor, params.instanceId)), `process: ${query.process}`)
    const { id } = await findInstance(context, actor, params.instanceId, 'readLogs')
    await audit.done()
    await sendLogs(context, response, { id, options: query, again })
  })

  return router
}

async function listed(
  context: AppContext,
  actor: Actor,
  { appId, scope }: { appId?: string | undefined; scope: 'mine' | 'all' },
): Promise<InstanceRow[]> {
  const { instances } = context
  if (appId === undefined && scope === 'mine') return instances.ownedBy(actor.id)
  const rows =
    appId === undefined ? await instances.all() : await instances.ofApp((await findApp(context, actor, appId)).id)
  return rows.filter((instance) => may.see(actor, instance))
}
