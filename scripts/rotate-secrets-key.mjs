import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { node, root, setUp } from './set-up.mjs'

setUp()
const script = join(root, 'apps/server/src/rotate-secrets-key.ts')
process.exitCode = spawnSync(node, [script], { cwd: root, stdio: 'inherit' }).status ?? 1
