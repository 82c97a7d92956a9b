import type { Environment } from '@wave-store/contract'
import type { BuiltEnvironment } from '@wave-store/runtime'
import { notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'

type Needs = Pick<AppContext, 'instances' | 'runtime'>

/** Everything that is kept, most recently used first, with the apps whose instances have it. */
export async function listEnvironments({ instances, runtime }: Needs): Promise<Environment[]> {
  const kept = (await runtime.environments?.list()) ?? []
  const observed = (await runtime.inspect()).filter(({ environmentKey }) => environmentKey !== undefined)
  const apps = await instances.appsOf(observed.map(({ id }) => id))
  const appsIn = (key: string) => {
    const ids = observed.filter(({ environmentKey }) => environmentKey === key).map(({ id }) => apps.get(id))
    const found = ids.filter((app) => app !== undefined)
    return [...new Map(found.map((app) => [app.id, app])).values()]
  }
  return kept
    .sort((a, b) => b.lastUsedAt - a.lastUsedAt)
    .map((one) => ({ ...presentEnvironment(one), instanceCount: one.inUse, apps: appsIn(one.key) }))
}

/** @throws {AppError} `not_found` for a key that nothing is kept under */
export async function findEnvironment(context: Needs, key: string): Promise<Environment> {
  const found = (await listEnvironments(context)).find((one) => one.key === key)
  if (!found) throw notFound('environment', key)
  return found
}

export function presentEnvironment({ key, python, sizeBytes, builtAt, lastUsedAt }: BuiltEnvironment) {
  const time = (ms: number) => new Date(ms).toISOString()
  return { key, python, sizeBytes, builtAt: time(builtAt), lastUsedAt: time(lastUsedAt) }
}
