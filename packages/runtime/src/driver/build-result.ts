import { packagesOf } from './packages-of.ts'
import type { BuildResult } from './shared-build.ts'

export interface EndOfBuild {
  /** The launcher's last word, as it came. */
  claim: unknown
  code: number | null
  outOfMemory: boolean
  memoryBytes: number
  /** How long it was given, where that was too short. */
  overdueMs: number | null
}

/** What became of a build; an environment counts as built only when the launcher and its exit code say the same. */
export function buildResult({ claim, code, outOfMemory, memoryBytes, overdueMs }: EndOfBuild): BuildResult {
  if (overdueMs !== null)
    return failed(
      `Installing the packages took longer than the ${Math.round(overdueMs / 1000)} s that a build may take.`,
    )
  if (outOfMemory)
    return failed(
      `Installing the packages took more than the ${Math.round(memoryBytes / 2 ** 20)} MiB that a build may use.`,
    )
  const last = claim as { event?: unknown; reason?: unknown; message?: unknown; packages?: unknown } | null | undefined
  if (last?.event === 'built' && code === 0) return { built: true, packages: packagesOf(last.packages) }
  if (last?.event === 'failed' && typeof last.reason === 'string' && typeof last.message === 'string')
    return failed(last.message, last.reason)
  return failed(`The build of the Python environment broke off (exit code ${code}); its log says more.`, 'internal')
}

function failed(message: string, reason = 'dependency_failed'): BuildResult {
  return { built: false, failure: { reason, message } }
}
