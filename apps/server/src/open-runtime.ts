import { join } from 'node:path'
import { constraintsPath, launcherPath } from '@wave-store/launcher'
import { pythonTools } from '@wave-store/launcher/python-tools'
import type { Runtime } from '@wave-store/runtime'
import type { InstanceData } from './backup/instance-data.ts'
import type { Config } from './config/config.ts'

/** Where apps reach a store whose public address is one of loopback; undefined where they reach it as anybody does. */
export function storeDoor({ dataDir, publicUrl }: Pick<Config, 'dataDir' | 'publicUrl'>) {
  const { hostname, port, protocol } = publicUrl
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return undefined
  const ownPort = protocol === 'https:' ? 443 : 80
  return { socket: join(dataDir, 'runtime', 'door', 'store.sock'), port: port === '' ? ownPort : Number(port) }
}

/** The runtime that the configuration names. What set-up could not get (`uv`, a Wave server) is left out, and said at launch. */
export async function openRuntime(config: Config): Promise<Runtime> {
  const { createProcessRuntime } = await import('@wave-store/runtime-process')
  const { index } = config.runtime
  const { url, proxy, caFile } = index
  const door = storeDoor(config)
  return createProcessRuntime({
    dataDir: config.dataDir,
    launcherPath,
    ...pythonTools(join(config.dataDir, 'tools')),
    constraintsPath: config.runtime.constraintsFile ?? constraintsPath,
    python: config.runtime.python,
    ...(config.runtime.addressRange && { addressRange: config.runtime.addressRange }),
    publicPort: config.listen.port,
    ...(door && { storeDoor: door }),
    index: {
      extraUrls: index.extraUrls,
      offline: index.offline,
      ...(url && { url }),
      ...(proxy && { proxy }),
      ...(caFile && { caFile }),
    },
    environmentsMaxBytes: config.runtime.environmentsMaxBytes,
    scratchMaxBytes: config.instances.scratchBytes,
    logMaxBytes: config.instances.logMaxBytes,
    allowUnsandboxed: config.runtime.allowUnsandboxed,
  })
}

/** What instances keep on the disk of a data directory, whether a store runs on it or not. */
export async function openInstanceData(dataDir: string): Promise<InstanceData> {
  const { InstanceData: Driver } = await import('@wave-store/runtime-process')
  return new Driver(dataDir)
}
