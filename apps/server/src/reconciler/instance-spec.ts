import type { InstanceSpec } from '@wave-store/runtime'
import { manifestOf } from '../apps/present-app.ts'
import type { AppRow } from '../apps/repository.ts'
import type { Config } from '../config/config.ts'
import { instanceOrigin } from '../instances/instance-url.ts'
import type { InstanceRow } from '../instances/repository.ts'

/** Path under which a `BASE_URL` app expects to be reached. */
export function basePathOf(row: Pick<InstanceRow, 'id' | 'manifestJson'>): string {
  return manifestOf(row).runtime.routing === 'BASE_URL' ? `/instance/${row.id}/` : '/'
}

/** What the runtime is asked for. Environment as the developer guide and the manifest say; secrets are not kept yet. */
export function instanceSpec(
  config: Config,
  instance: InstanceRow,
  app: AppRow,
  { bundlePath, identityKeys }: { bundlePath: string; identityKeys: object },
): InstanceSpec {
  const manifest = manifestOf(app)
  const { runtime } = manifest
  const cpuMillis = runtime.cpuLimitMillis ?? config.instances.cpuMillis
  const module = runtime.module ?? ''
  return {
    id: instance.id,
    generation: instance.generation,
    app: { id: app.id, name: app.name, version: app.version },
    bundle: { path: bundlePath, sha256: app.bundleSha256 },
    entry:
      runtime.mode === 'python'
        ? { mode: 'python', module, port: runtime.port ?? 10101, args: runtime.args }
        : { mode: 'wave', module },
    env: {
      ...literals(manifest.env),
      ...cloudEnvironment(config, instance, app),
      // What the header Wave-Identity is checked with, without the network.
      H2O_CLOUD_IDENTITY_JWKS: JSON.stringify(identityKeys),
    },
    files: manifest.files.flatMap((file) =>
      file.value === undefined ? [] : [{ path: file.path, content: file.value }],
    ),
    environment: {
      inputsSha256: app.environmentInputs,
      osPackages: JSON.parse(app.osPackagesJson) as string[],
      ...(runtime.resourceVolumeBytes !== undefined && { ownVolumeBytes: runtime.resourceVolumeBytes }),
    },
    ...(runtime.volume && { volume: { path: runtime.volume.mountPath, sizeBytes: runtime.volume.sizeBytes } }),
    limits: {
      memoryBytes:
        runtime.memoryLimitBytes ?? Math.max(config.instances.memoryBytes, runtime.memoryReservationBytes ?? 0),
      pids: config.instances.pids,
      ...(cpuMillis !== null && { cpuMillis }),
    },
    basePath: basePathOf(instance),
    startTimeoutMs: config.instances.startTimeoutMs,
  }
}

function literals(entries: { name: string; value?: string }[]): Record<string, string> {
  return Object.fromEntries(entries.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])))
}

function cloudEnvironment(config: Config, instance: InstanceRow, app: AppRow): Record<string, string> {
  return {
    H2O_CLOUD_ENVIRONMENT: config.publicUrl.origin,
    H2O_CLOUD_INSTANCE_ID: instance.id,
    H2O_CLOUD_INSTANCE_URL: instanceOrigin(config, instance.id),
    H2O_CLOUD_APP_ID: app.id,
    H2O_CLOUD_APP_NAME: app.name,
    H2O_CLOUD_APP_VERSION: app.version,
  }
}
