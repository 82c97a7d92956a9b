import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@wave-store/testing'

const serve = `
set -e
program=$1 view=$2 socket=$3
shift 3
for place; do
  mount --bind "$place" "$view$place"
  mount -o remount,bind,ro "$view$place"
done
exec "$program" --socket-path="$socket" -o source="$view" -o cache=auto
`

/** The host's file systems that hold `paths`, shared read-only with a machine until that lets go. */
export class HostFiles implements AsyncDisposable {
  readonly socket: string
  readonly #process: ChildProcess

  private constructor(socket: string, child: ChildProcess) {
    this.socket = socket
    this.#process = child
  }

  static async share(program: string, directory: string, paths: string[]): Promise<HostFiles> {
    const view = join(directory, 'view')
    mkdirSync(view, { recursive: true })
    const socket = join(directory, 'host-files.sock')
    rmSync(socket, { force: true })
    const places = [...new Set(['/', ...paths.map(mountOf).sort()])]
    const alone = ['--pdeathsig', 'KILL', 'unshare', '--mount', '--propagation', 'private']
    const child = spawn('setpriv', [...alone, 'sh', '-c', serve, 'host-files', program, view, socket, ...places], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let output = ''
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    await using unwind = new AsyncDisposableStack()
    const files = unwind.use(new HostFiles(socket, child))
    await eventually(() => {
      if (child.exitCode !== null) throw new Error(`The host's files cannot be shared: ${output}`)
      if (!existsSync(socket)) throw new Error('The host’s files are not shared yet')
    })
    unwind.move()
    return files
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const exited = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await exited
  }
}

function mountOf(path: string): string {
  return execFileSync('findmnt', ['-n', '-o', 'TARGET', '--target', path], { encoding: 'utf8' }).trim()
}
