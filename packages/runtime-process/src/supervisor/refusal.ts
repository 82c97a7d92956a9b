import path from 'node:path'
import { type Capabilities, type InstanceSpec, RuntimeError } from '@wave-store/runtime'
import { isInstanceId } from '../store-paths.ts'
import { fileDirectories } from './launcher-spec.ts'
import { isReserved } from './sandbox/bwrap-arguments.ts'

/** @throws {RuntimeError} `unsupported`, naming everything about the spec that cannot be had here. */
export function refuseUnsupported(spec: InstanceSpec, isolation: Capabilities['isolation'], allowUnsandboxed: boolean) {
  const problems = [...problemsOf(spec), ...(isolation === 'none' ? problemsOutside(spec, allowUnsandboxed) : [])]
  if (problems.length > 0) throw new RuntimeError('unsupported', problems.join(' '))
}

function problemsOf(spec: InstanceSpec): string[] {
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

function problemsOutside(spec: InstanceSpec, allowUnsandboxed: boolean): string[] {
  if (!allowUnsandboxed) {
    return [
      'No sandbox works on this machine, and apps of other people do not run without one unless the operator allows it.',
    ]
  }
  if (spec.volume) return [`Without a sandbox there is no volume at ${spec.volume.path}.`]
  return fileDirectories(spec).map((directory) => `Without a sandbox there is no directory ${directory} of its own.`)
}
