import type { getAppStatistics, OperationResult } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { findApp } from '../apps/find-app.ts'
import type { AppContext } from '../context.ts'
import type { UseOfApp } from './launch-repository.ts'

type Statistics = OperationResult<typeof getAppStatistics>

/**
 * How each version of the app's name is used.
 *
 * @throws {AppError} `not_found`, `forbidden` for who neither owns it nor administers
 */
export async function appStatistics(
  context: Pick<AppContext, 'apps' | 'instances' | 'launches'>,
  actor: Actor,
  appId: string,
): Promise<Statistics> {
  const { apps, instances, launches } = context
  const { name } = await findApp(context, actor, appId, 'readStatistics')
  const versions = await apps.versionsOf(name)
  const ids = versions.map(({ id }) => id)
  const [uses, starts, running] = await Promise.all([
    launches.usesOf(ids),
    launches.startsOf(ids),
    instances.countsOf(ids),
  ])
  const ofVersion = Map.groupBy(uses, (use) => use.appId)
  return {
    total: countsOf(uses),
    versions: versions.map(({ id, version }) => ({
      appId: id,
      version,
      ...countsOf(ofVersion.get(id) ?? []),
      instances: running.get(id) ?? 0,
      p95StartMs: p95(starts.get(id) ?? []),
    })),
  }
}

function countsOf(uses: UseOfApp[]): Statistics['total'] {
  return {
    launches: uses.reduce((sum, { launches }) => sum + launches, 0),
    people: new Set(uses.map(({ personId }) => personId)).size,
    failures: uses.reduce((sum, { failures }) => sum + failures, 0),
  }
}

/** The smallest that at least 95 of 100 do not exceed; null: of none. */
function p95(sorted: number[]): number | null {
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null
}
