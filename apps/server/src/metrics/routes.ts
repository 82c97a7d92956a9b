import { operations } from '@wave-store/contract'
import { Router } from 'express'
import { requireAdmin } from '../administration/require-admin.ts'
import { manifestOf } from '../apps/present-app.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { findInstance } from '../instances/find-instance.ts'
import { coarser, intervalFor } from './coarser.ts'
import { platformState } from './platform-state.ts'

const hourMs = 60 * 60_000

export function metricsRoutes(context: AppContext): Router {
  const router = Router()
  const { clock, config, metrics, samples } = context

  mount(router, operations.getInstanceMetrics, async ({ actor, params, query: { hours } }) => {
    const instance = await findInstance(context, actor, params.instanceId, 'readMetrics')
    const intervalMs = intervalFor(hours)
    return {
      intervalMs,
      points: coarser(await samples.of(instance.id, clock.now() - hours * hourMs), intervalMs),
      memoryLimitBytes: instance.memoryLimit,
      cpuLimitMillis: manifestOf(instance).runtime.cpuLimitMillis ?? config.instances.cpuMillis,
      volumeBytes: metrics.volumeOf(instance.id),
    }
  })

  mount(router, operations.getPlatformMetrics, async ({ actor, query: { hours } }) => {
    requireAdmin(actor, 'The measurements of all instances')
    const intervalMs = intervalFor(hours)
    const points = coarser(await samples.all(clock.now() - hours * hourMs), intervalMs)
    return { intervalMs, points, ...(await platformState(context)) }
  })

  return router
}
