import { operations } from '@wave-store/contract'
import { Router } from 'express'
import { manifestOf } from '../apps/present-app.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { findInstance } from '../instances/find-instance.ts'
import { coarser, intervalFor } from './coarser.ts'

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

  return router
}
