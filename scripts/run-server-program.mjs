import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { node, root, setUpPrograms } from './set-up.mjs'

/** Runs a program of the server to its end, with our streams; it ends with what we are asked to end with. */
export function runServerProgram(path, args) {
  setUpPrograms()
  const program = spawn(node, [join(root, 'apps/server/src', path), ...args], { cwd: root, stdio: 'inherit' })
  // Ctrl-C reaches the program by itself; we stay until it has cleaned up.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal))
  program.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : code
  })
}
