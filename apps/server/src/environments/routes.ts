import { operations } from '@wave-store/contract'
import { Router } from 'express'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { fields } from '../audit/event.ts'
import { platformTarget } from '../audit/targets.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { findInstance } from '../instances/find-instance.ts'
import { findEnvironment, listEnvironments, presentEnvironment } from './present-environment.ts'

export function environmentRoutes(context: AppContext): Router {
  const router = Router()
  const { config, constraints, runtime } = context
  const packagesOf = async (key: string) => (await runtime.environments?.packages(key)) ?? []

  mount(router, operations.listEnvironments, async ({ actor }) => {
    requireAdmin(actor)
    return { items: await listEnvironments(context), budgetBytes: config.runtime.environmentsMaxBytes }
  })

  mount(router, operations.getEnvironment, async ({ actor, params: { key } }) => {
    requireAdmin(actor)
    return { ...(await findEnvironment(context, key)), packages: await packagesOf(key) }
  })

  mount(router, operations.rebuildEnvironment, async ({ actor, audit, params: { key } }) => {
    requireAdmin(actor)
    audit.about(platformTarget('environment', key))
    await findEnvironment(context, key)
    await runtime.environments?.discard(key)
  })

  mount(router, operations.listRuntimeVersions, async () => ({
    items: context.capabilities.pythons.map((name, index) => ({ name, isDefault: index === 0 })),
  }))

  mount(router, operations.getInstanceEnvironment, async ({ actor, params }) => {
    const { id } = await findInstance(context, actor, params.instanceId, 'readLogs')
    const key = (await runtime.inspect()).find((one) => one.id === id)?.environmentKey
    const built = key && (await runtime.environments?.list())?.find((one) => one.key === key)
    if (!built) return { environment: null }
    return { environment: { ...presentEnvironment(built), packages: await packagesOf(built.key) } }
  })

  mount(router, operations.getConstraints, async ({ actor }) => {
    requireAdmin(actor)
    return constraints.present()
  })

  mount(router, operations.updateConstraints, async ({ actor, audit, body: { text } }) => {
    requireAdmin(actor)
    audit.about(platformTarget('constraints', 'pip'), fields({ lines: text === null ? 'default' : lineCount(text) }))
    await constraints.set(text)
    return constraints.present()
  })

  return router
}

function requireAdmin(actor: Actor): void {
  if (!actor.isAdmin) throw new AppError('forbidden', 'The environments of the platform are for administrators.')
}

function lineCount(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length
}
