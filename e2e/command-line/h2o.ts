import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { TestPerson } from '../../apps/server/src/testing/test-store.ts'

/** The file that people download, as set-up builds it: `npm run set-up` after a change. */
export const program = join(import.meta.dirname, '../../apps/cli/dist/h2o')

export interface Ended {
  exitCode: number | null
  stdout: string
  stderr: string
}

/** A command that is under way. */
export interface Running {
  /** All that it has printed so far. */
  stdout: () => string
  stderr: () => string
  /** Presses Ctrl-C. */
  interrupt: () => void
  /** Types. */
  type: (text: string) => void
  /** Ctrl-D, or the end of a pipe. */
  endOfInput: () => void
  ended: Promise<Ended>
}

/** Somebody's shell: a home and a working directory of their own, where `h2o` is run as a process. */
export class Shell implements AsyncDisposable {
  readonly home: string
  readonly env: Record<string, string>

  private constructor(home: string, env: Record<string, string>) {
    this.home = home
    this.env = { PATH: process.env.PATH ?? '', HOME: home, TZ: 'UTC', ...env }
  }

  static async open(env: Record<string, string> = {}): Promise<Shell> {
    return new Shell(await mkdtemp(join(tmpdir(), 'shell-')), env)
  }

  /** Signed in by an API token of the person's. */
  static async of(origin: string, person: TestPerson, env: Record<string, string> = {}): Promise<Shell> {
    const scopes = ['read' as const, 'apps' as const, 'instances' as const, 'admin' as const]
    const session = await person.client.getSession()
    const granted = scopes.filter((scope) => scope !== 'admin' || session.user?.isAdmin)
    const { secret } = await person.client.createToken({ body: { name: 'shell', scopes: granted } })
    return Shell.open({ H2O_ENDPOINT: origin, H2O_TOKEN: secret, ...env })
  }

  /** Where files are put, and commands run. */
  get directory(): string {
    return this.home
  }

  async write(path: string, content: string | Uint8Array): Promise<string> {
    const file = join(this.directory, path)
    await writeFile(file, content)
    return file
  }

  /** `h2o` in pipes, to its end. */
  async h2o(...args: string[]): Promise<Ended> {
    return this.start(...args).ended
  }

  /** Standard output of `h2o` in a pipe. @throws when it fails */
  async read(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.h2o(...args)
    if (exitCode !== 0) throw new Error(`h2o ${args.join(' ')} ended with ${exitCode}:\n${stdout}${stderr}`)
    return stdout
  }

  /** What it says as `-o json`. */
  async json<T = unknown>(...args: string[]): Promise<T> {
    return JSON.parse(await this.read('-o', 'json', ...args)) as T
  }

  start(...args: string[]): Running {
    return running(
      spawn(process.execPath, [program, ...args], {
        cwd: this.directory,
        env: this.env,
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    )
  }

  /** On a terminal: what appears on it is all in `stdout`, with single line ends and without colours. */
  onTerminal(...args: string[]): Running {
    const command = [process.execPath, program, ...args].map(quoted).join(' ')
    return running(
      spawn(
        'script',
        ['--quiet', '--return', '--flush', '--command', `stty -echo columns 120; exec ${command}`, '/dev/null'],
        {
          cwd: this.directory,
          env: { ...this.env, TERM: 'xterm', SHELL: '/bin/sh' },
          stdio: ['pipe', 'pipe', 'pipe'],
        },
      ),
      (text) => stripVTControlCharacters(text).replaceAll('\r\n', '\n'),
      '\u0003',
    )
  }

  /** A shell's own line, with `h2o` as a command, as people write it into scripts. */
  async sh(line: string): Promise<Ended> {
    const script = `h2o() { ${quoted(process.execPath)} ${quoted(program)} "$@"; }\n${line}`
    return running(
      spawn('sh', ['-c', script], { cwd: this.directory, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] }),
    ).ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.home, { recursive: true, force: true })
  }
}

/** @param interruption what Ctrl-C is there; a signal where nothing is said */
export function running(child: ChildProcess, read = (text: string) => text, interruption?: string): Running {
  const printed = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text
    })
  const stdout = () => read(printed.stdout)
  return {
    stdout,
    stderr: () => printed.stderr,
    interrupt: () => void (interruption ? child.stdin?.write(interruption) : child.kill('SIGINT')),
    type: (text) => void child.stdin?.write(text),
    endOfInput: () => void child.stdin?.end(),
    ended: new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (exitCode) => resolve({ exitCode, stdout: stdout(), stderr: printed.stderr }))
    }),
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** The cells of a table, or of label and value: what stands at least three blanks apart, line by line. */
export function cells(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {3,}/))
}
