import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { InstanceSpec } from '@wave-store/runtime'
import type { ProcessRuntimeOptions } from '../../options.ts'
import type { Machine } from '../machine.ts'

/**
 * The name of a Python environment: everything that can change what is in it. Where the bundle's inputs cannot be
 * known, the bundle and the instance stand for them, so that nothing is shared.
 */
export function environmentKey(
  spec: Pick<InstanceSpec, 'id' | 'bundle' | 'environment'>,
  machine: Pick<Machine, 'python' | 'uvVersion'>,
  options: Pick<ProcessRuntimeOptions, 'constraintsPath' | 'index'>,
): string {
  const { inputsSha256, constraints = contentOf(options.constraintsPath) } = spec.environment
  const needsNothing = inputsSha256 === ''
  const inputs = [
    machine.python.path,
    machine.python.version,
    process.arch,
    inputsSha256 ?? { bundle: spec.bundle.sha256, instance: spec.id },
    // An environment without packages is the same whatever they would have come from.
    ...(needsNothing ? [] : [machine.uvVersion, constraints, sourcesOf(options)]),
  ]
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32)
}

/** How packages are reached does not change them, which index they come from does. */
function sourcesOf({ index }: Pick<ProcessRuntimeOptions, 'index'>): unknown {
  return [index?.url ?? '', ...(index?.extraUrls ?? [])]
}

function contentOf(file: string | undefined): string {
  return file && existsSync(file) ? readFileSync(file, 'utf8') : ''
}
