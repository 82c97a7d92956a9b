import { readFileSync } from 'node:fs'
import type { InstanceSpec } from '@wave-store/runtime'
import { indexEnvironment, launcherSpecInImage, type StartFailure } from '@wave-store/runtime/driver'
import type { KubernetesRuntimeOptions } from './options.ts'
import { authoritiesPath, bundlePath, needsBuild } from './pod.ts'
import type { PodPorts } from './ports.ts'

interface ProcessParts {
  options: KubernetesRuntimeOptions
  spec: InstanceSpec
  ports: PodPorts
  failure: StartFailure | null
}

/** What the launchers of a process read, by the Secret that holds it and by name; whoever comes first fetches the bundle. */
export function processFiles(parts: ProcessParts): { run: Record<string, string>; build?: Record<string, string> } {
  const { options, spec, failure } = parts
  const fetch = { ...options.bundleSource(spec.bundle), sha256: spec.bundle.sha256 }
  const run = runSpec(parts)
  if (failure) return { run: { 'run.json': JSON.stringify(run) } }
  if (!needsBuild(spec)) return { run: { 'run.json': JSON.stringify({ ...run, fetch }) } }
  return { run: { 'run.json': JSON.stringify(run) }, build: buildFiles(parts, fetch) }
}

function runSpec({ spec, ports, failure }: ProcessParts): Record<string, unknown> {
  return {
    ...launcherSpecInImage(spec, ports),
    usagePort: ports.usage,
    ...(spec.volume && { usageVolume: spec.volume.path }),
    ...(failure && { failure }),
    paths: { bundle: bundlePath },
  }
}

/** What the build reads and its app never sees: where packages come from, with credentials. */
function buildFiles({ options, spec }: ProcessParts, fetch: Record<string, unknown>): Record<string, string> {
  const { constraintsPath, index } = options
  const { constraints, ownVolumeBytes } = spec.environment
  const authorities = index?.caFile ? readFileSync(index.caFile, 'utf8') : undefined
  const build = {
    constraints: constraints ?? (constraintsPath ? readFileSync(constraintsPath, 'utf8') : ''),
    env: { ...indexEnvironment(index, false), ...(authorities !== undefined && { SSL_CERT_FILE: authoritiesPath }) },
    fetch,
    paths: { bundle: bundlePath },
    ...(ownVolumeBytes !== undefined && { keep: keyOf(spec) }),
  }
  return {
    'build.json': JSON.stringify(build),
    ...(authorities !== undefined && { 'ca.pem': authorities }),
  }
}

/** What an environment of the instance's own was built from: for other requirements it is built anew. */
function keyOf({ bundle, environment }: InstanceSpec): string {
  return `requirements ${environment.inputsSha256 ?? bundle.sha256}`
}
