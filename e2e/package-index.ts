import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { toolsDirectory } from '@wave-store/testing'

/** Whether Python packages can be had here: the installer that set-up brought is asked to resolve one. */
export const indexIsReachable =
  spawnSync(join(toolsDirectory, 'uv/bin/uv'), ['pip', 'compile', '--quiet', '--no-cache', '-'], {
    input: 'six==1.17.0',
    timeout: 60_000,
  }).status === 0
