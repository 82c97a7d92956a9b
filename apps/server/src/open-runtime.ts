import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { launcherPath } from '@wave-store/launcher'
import type { Runtime } from '@wave-store/runtime'
import type { Config } from './config/config.ts'

/** The runtime that the configuration names. What set-up could not get (`uv`, a Wave server) is left out, and said at launch. */
export async function openRuntime(config: Config): Promise<Runtime> {
  const { createProcessRuntime } = await import('@wave-store/runtime-process')
  const { index } = config.runtime
  const uvPath = join(config.dataDir, 'tools', 'uv', 'bin', 'uv')
  const wavedPath = join(config.dataDir, 'tools', 'waved')
  const { url, proxy, caFile } = index
  return createProcessRuntime({
    dataDir: config.dataDir,
    launcherPath,
    ...(existsSync(uvPath) && { uvPath }),
    ...(existsSync(wavedPath) && { wavedPath }),
    ...(config.runtime.constraintsFile && { constraintsPath: config.runtime.constraintsFile }),
    python: config.runtime.python,
    addressRange: config.runtime.addressRange,
    index: {
      extraUrls: index.extraUrls,
      offline: index.offline,
      ...(url && { url }),
      ...(proxy && { proxy }),
      ...(caFile && { caFile }),
    },
    allowUnsandboxed: config.runtime.allowUnsandboxed,
  })
}
