import path from 'node:path'
import type { InstanceSpec } from '../runtime.ts'
import { fileDirectories, isReserved } from './sandbox-paths.ts'

const instanceId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Ids become names of files and of what an engine holds; nothing but a lower-case UUID may. */
export function isInstanceId(id: string): boolean {
  return instanceId.test(id)
}

/** Everything about a spec that no driver can give, as sentences; empty when there is nothing. */
export function specProblems(spec: InstanceSpec): string[] {
  const problems: string[] = []
  if (!isInstanceId(spec.id)) problems.push(`The id ${JSON.stringify(spec.id)} is no lower-case UUID.`)
  if (!Number.isSafeInteger(spec.generation) || spec.generation < 1) {
    problems.push(`The generation ${spec.generation} is no positive integer.`)
  }
  const mode: string = spec.entry.mode
  if (mode !== 'wave' && mode !== 'python') problems.push(`Apps of mode ${mode} do not run on this runtime.`)
  if (spec.volume && !isMountable(spec.volume.path)) {
    problems.push(`A volume cannot stand at ${spec.volume.path}; choose a path such as /data.`)
  }
  for (const directory of fileDirectories(spec)) {
    if (isMountable(directory)) continue
    problems.push(`A file cannot stand in ${directory}; choose a directory of its own, or one in the app's code.`)
  }
  return problems
}

function isMountable(inside: string): boolean {
  return path.posix.isAbsolute(inside) && path.posix.normalize(inside) === inside && !isReserved(inside)
}
