import { operations } from '@wave-store/contract'
import { Router } from 'express'
import { requireAdmin } from '../administration/require-admin.ts'
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
    requireAdmin(actor, 'The environments of the platform')
    return { items: await listEnvironments(context), budgetBytes: config.runtime.environmentsMaxBytes }
  })

  mount(router, operations.getEnvironment, async ({ actor, params: { key } }) => {
    requireAdmin(actor, 'The environments of the platform')
    return { ...(await findEnvironment(context, key)), packages: await packagesOf(key) }
  })

  mount(router, operations.rebuildEnvironment, async ({ actor, audit, params: { key } }) => {
    requireAdmin(actor, 'The environments of the platform')
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
    requireAdmin(actor, 'The environments of the platform')
    return constraints.present()
  })

  mount(router, operations.updateConstraints, async ({ actor, audit, body: { text } }) => {
    requireAdmin(actor, 'The environments of the platform')
    audit.about(platformTarget('constraints', 'pip'), fields({ lines: text === null ? 'default' : lineCount(text) }))
    await constraints.set(text)
    return constraints.present()
  })

  return router
}

function lineCount(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length
}
