import { execFile } from 'node:child_process'

export class CommandError extends Error {
  /** Exit code; null when the program could not be started or was ended by a signal. */
  readonly exitCode: number | null
  readonly stdout: string
  constructor(message: string, exitCode: number | null, stdout: string) {
    super(message)
    this.name = 'CommandError'
    this.exitCode = exitCode
    this.stdout = stdout
  }
}

/**
 * Runs a program of the system to its end, for `timeoutMs` at most, and gives its output.
 *
 * @throws {CommandError} when it ends with another code than 0, with what it said on stderr.
 */
export function runCommand(command: string, args: string[], input = '', timeoutMs = 20_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { encoding: 'utf8', timeout: timeoutMs }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const said = stderr.trim() || error.message
      reject(new CommandError(`${command}: ${said}`, typeof error.code === 'number' ? error.code : null, stdout))
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}
