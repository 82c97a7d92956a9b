import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constraintsPath, launcherPath } from '@wave-store/launcher'
import { pythonTools } from '@wave-store/launcher/python-tools'
import type { Runtime } from '@wave-store/runtime'
import type { BundlePasses } from './apps/bundle-passes.ts'
import type { InstanceData } from './backup/instance-data.ts'
import type { Config } from './config/config.ts'

/** What the image of apps is built by, on Docker. */
const recipePath = fileURLToPath(new URL('../../../deploy/app-image', import.meta.url))

/** Where apps reach a store whose public address is one of loopback; undefined where they reach it as anybody does. */
export function storeDoor({ dataDir, publicUrl }: Pick<Config, 'dataDir' | 'publicUrl'>) {
  const { hostname, port, protocol } = publicUrl
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return undefined
  const ownPort = protocol === 'https:' ? 443 : 80
  return { socket: join(dataDir, 'runtime', 'door', 'store.sock'), port: port === '' ? ownPort : Number(port) }
}

/** The runtime that the configuration names. What set-up could not get (`uv`, a Wave server) is left out, and said at launch. */
export async function openRuntime(config: Config, passes: BundlePasses): Promise<Runtime> {
  switch (config.runtime.driver) {
    case 'process':
      return await openProcesses(config)
    case 'docker':
      return await openDocker(config)
    case 'kubernetes':
      return await openKubernetes(config, passes)
  }
}

async function openProcesses(config: Config): Promise<Runtime> {
  const { createProcessRuntime } = await import('@wave-store/runtime-process')
  return await createProcessRuntime({
    ...commonOptions(config),
    dataDir: config.dataDir,
    launcherPath,
    ...pythonTools(config.toolsDir),
    python: config.runtime.python,
    ...(config.runtime.addressRange && { addressRange: config.runtime.addressRange }),
    allowUnsandboxed: config.runtime.allowUnsandboxed,
  })
}

async function openDocker(config: Config): Promise<Runtime> {
  const { createDockerRuntime } = await import('@wave-store/runtime-docker')
  const { addresses, baseImage, host, image, name } = config.runtime.docker
  const recipe = { base: baseImage, recipePath, launcherPath, ...pythonTools(config.toolsDir) }
  return await createDockerRuntime({
    ...commonOptions(config),
    name: name ?? createHash('sha256').update(config.dataDir).digest('hex').slice(0, 10),
    ...(host && { host }),
    image: image ? { tag: image } : recipe,
    addresses,
  })
}

async function openKubernetes(config: Config, passes: BundlePasses): Promise<Runtime> {
  const { createKubernetesRuntime } = await import('@wave-store/runtime-kubernetes')
  const { constraintsPath: constraints, index, scratchMaxBytes } = commonOptions(config)
  const { addresses, configFile, image, name, namespace, pullSecret, storageClass, storeUrl } =
    config.runtime.kubernetes
  return await createKubernetesRuntime({
    name,
    namespace,
    image,
    addresses,
    constraintsPath: constraints,
    index,
    scratchMaxBytes,
    storePort: config.listen.port,
    bundleSource: ({ sha256 }) => passes.sourceOf(sha256, { at: storeUrl, publicUrl: config.publicUrl }),
    ...(configFile && { kubeconfig: configFile }),
    ...(pullSecret && { imagePullSecret: pullSecret }),
    ...(storageClass && { storageClass }),
  })
}

function commonOptions(config: Config) {
  const { url, proxy, caFile, extraUrls, offline } = config.runtime.index
  const door = storeDoor(config)
  return {
    constraintsPath: config.runtime.constraintsFile ?? constraintsPath,
    publicPort: config.listen.port,
    ...(door && { storeDoor: door }),
    index: { extraUrls, offline, ...(url && { url }), ...(proxy && { proxy }), ...(caFile && { caFile }) },
    environmentsMaxBytes: config.runtime.environmentsMaxBytes,
    scratchMaxBytes: config.instances.scratchBytes,
    logMaxBytes: config.instances.logMaxBytes,
  }
}

/** What instances keep on the disk of a data directory, whether a store runs on it or not. */
export async function openInstanceData(dataDir: string): Promise<InstanceData> {
  const { InstanceData: Driver } = await import('@wave-store/runtime-process')
  return new Driver(dataDir)
}
