import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { dataDirectory, node, root, setUp } from './set-up.mjs'

setUp()
const script = join(root, 'packages/runtime-process/src/stop.ts')
process.exitCode = spawnSync(node, [script, dataDirectory()], { cwd: root, stdio: 'inherit' }).status ?? 1
