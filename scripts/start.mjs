import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { node, root, setUp } from './set-up.mjs'

setUp()
const server = spawn(node, [join(root, 'apps/server/src/main.ts')], { cwd: root, stdio: 'inherit' })
// Ctrl-C reaches the server by itself; we stay until it has stopped.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => server.kill('SIGTERM'))
server.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : code
})
