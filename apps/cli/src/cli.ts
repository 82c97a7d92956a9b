import { Output, type OutputFormat } from './output/output.ts'
import type { Store } from './store/store.ts'

/** What is said before a verb, and holds for every one. */
export interface GlobalOptions {
  /** Another file of settings. */
  conf?: string
  output: OutputFormat
  /** How long an answer may let wait for itself. */
  requestTimeoutMs: number
}

/** Where a command runs: what it reads and writes, and whether somebody sits before it. */
export interface Surroundings {
  env: Record<string, string | undefined>
  cwd: () => string
  stdin: NodeJS.ReadableStream & { isTTY?: boolean }
  stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
  stderr: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
  platform: NodeJS.Platform
  /** Aborted when somebody presses Ctrl-C. */
  interrupted: AbortSignal
}

/** What every verb is given. */
export interface Cli extends Surroundings {
  options: GlobalOptions
  /** Results go there, and nothing else. */
  out: Output
  /** Talk: to standard error, one line. */
  say: (line: string) => void
  /**
   * The store that the settings name, with somebody signed in.
   *
   * @throws {Failure} when there are no settings, or nobody is signed in
   */
  store: () => Promise<Store>
}

/** The terminal or pipes of this process. The first Ctrl-C asks a verb to end; the second one ends it. */
export function terminalCli(process: NodeJS.Process): Cli {
  const interruption = new AbortController()
  process.once('SIGINT', () => interruption.abort())
  process.once('SIGTERM', () => interruption.abort())
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return createCli({
    env: process.env,
    // npm runs scripts from the package's folder, and says where it was called.
    cwd: () => process.env.H2O_WORKING_DIRECTORY || process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    platform: process.platform,
    interrupted: interruption.signal,
  })
}

function createCli(surroundings: Surroundings): Cli {
  const options: GlobalOptions = { output: 'text', requestTimeoutMs: 30_000 }
  const cli: Cli = {
    ...surroundings,
    options,
    out: new Output(surroundings.stdout, () => options.output),
    say: (line) => void surroundings.stderr.write(`${line}\n`),
    async store() {
      const { connect } = await import('./store/connect.ts')
      return connect(cli)
    },
  }
  return cli
}
