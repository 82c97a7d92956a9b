import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { node, root, setUpPrograms } from './set-up.mjs'

setUpPrograms()
const { status, signal } = spawnSync(node, [join(root, 'apps/cli/src/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  // npm changes into the package's folder, and says where it was called.
  env: { ...process.env, H2O_WORKING_DIRECTORY: process.env.INIT_CWD ?? process.cwd() },
})
process.exitCode = signal ? 130 : (status ?? 1)
