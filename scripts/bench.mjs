import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { node, root, setUp } from './set-up.mjs'

setUp()
const [name, ...rest] = process.argv.slice(2)
process.exitCode = spawnSync(node, [join(root, 'bench', `${name}.ts`), ...rest], { stdio: 'inherit' }).status ?? 1
