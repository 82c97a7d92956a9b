import { type Capabilities, type InstanceSpec, RuntimeError } from '@wave-store/runtime'
import { fileDirectories, specProblems } from '@wave-store/runtime/driver'

/** @throws {RuntimeError} `unsupported`, naming everything about the spec that cannot be had here. */
export function refuseUnsupported(spec: InstanceSpec, isolation: Capabilities['isolation'], allowUnsandboxed: boolean) {
  const problems = [...specProblems(spec), ...(isolation === 'none' ? problemsOutside(spec, allowUnsandboxed) : [])]
  if (problems.length > 0) throw new RuntimeError('unsupported', problems.join(' '))
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
