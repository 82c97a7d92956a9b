import type { Manifest } from '@wave-store/bundle'
import type { EnvironmentSpec, InstanceSpec } from '@wave-store/runtime'
import { type InstanceLimits, memoryLimitOf, memoryReservationOf } from './default-limits.ts'
import type { InjectedSecrets } from './inject-secrets.ts'

/** One version of an app, and what its manifest does not say about a start of it. */
export interface AppToStart extends Pick<InstanceSpec, 'id' | 'generation' | 'app' | 'bundle' | 'basePath'> {
  manifest: Manifest
  environment: Pick<EnvironmentSpec, 'inputsSha256' | 'osPackages' | 'constraints'>
  secrets: InjectedSecrets
  /** Variables of the platform; they hold over the manifest's. */
  env: Record<string, string>
  reachesStore?: boolean
}

/** What a runtime is asked for. Environment and files as the developer guide and the manifest say. */
export function instanceSpec(start: AppToStart, defaults: InstanceLimits): InstanceSpec {
  const { id, generation, app, bundle, basePath, manifest, secrets } = start
  const { runtime } = manifest
  const cpuMillis = runtime.cpuLimitMillis ?? defaults.cpuMillis
  return {
    id,
    generation,
    app,
    bundle,
    basePath,
    entry: entryOf(manifest),
    env: { ...literalsOf(manifest), ...secrets.env, ...start.env },
    ...(start.reachesStore && { reachesStore: true }),
    files: [
      ...manifest.files.flatMap(({ path, value }) => (value === undefined ? [] : [{ path, content: value }])),
      ...secrets.files,
    ],
    redact: secrets.redact,
    environment: {
      ...start.environment,
      ...(runtime.resourceVolumeBytes !== undefined && { ownVolumeBytes: runtime.resourceVolumeBytes }),
    },
    ...(runtime.volume && { volume: { path: runtime.volume.mountPath, sizeBytes: runtime.volume.sizeBytes } }),
    limits: {
      memoryBytes: memoryLimitOf(runtime, defaults),
      memoryReservationBytes: memoryReservationOf(runtime, defaults),
      pids: defaults.pids,
      ...(cpuMillis !== null && { cpuMillis }),
    },
    startTimeoutMs: defaults.startTimeoutMs,
  }
}

function entryOf({ runtime }: Manifest): InstanceSpec['entry'] {
  const module = runtime.module ?? ''
  if (runtime.mode !== 'python') return { mode: 'wave', module }
  return { mode: 'python', module, port: runtime.port ?? 10101, args: runtime.args }
}

function literalsOf({ env }: Manifest): Record<string, string> {
  return Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])))
}
