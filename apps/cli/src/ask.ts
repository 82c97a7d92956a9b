import { createInterface } from 'node:readline/promises'
import type { Cli } from './cli.ts'
import { cancelled, usageError } from './failure.ts'

export interface Asks extends Disposable {
  /**
   * One line of an answer; what is proposed where somebody just presses Enter, or nobody can answer.
   *
   * @param flag what to say where nobody can answer, and nothing is proposed
   * @throws {Failure} when there is no answer
   */
  line: (question: string, proposed?: string, flag?: string) => Promise<string>
}

/** Questions on the terminal, one after the other; also answered by a pipe. */
export function asks({ stdin, stderr, interrupted }: Cli): Asks {
  const reader = createInterface({ input: stdin, output: stderr, terminal: Boolean(stdin.isTTY && stderr.isTTY) })
  const lines = reader[Symbol.asyncIterator]()
  const ended = new Promise<never>((_, reject) => {
    if (interrupted.aborted) reject(cancelled())
    interrupted.addEventListener('abort', () => reject(cancelled()), { once: true })
  })
  ended.catch(() => {})
  // A terminal in raw mode hands Ctrl-C to the reader.
  const stopped = new Promise<never>((_, reject) => reader.once('SIGINT', () => reject(cancelled())))
  stopped.catch(() => {})
  return {
    async line(question, proposed, flag) {
      reader.setPrompt(`${question}${proposed ? ` [${proposed}]` : ''}: `)
      reader.prompt()
      const { value, done } = await Promise.race([lines.next(), ended, stopped])
      const answer = done ? '' : String(value).trim()
      if (answer) return answer
      if (proposed) return proposed
      throw usageError(`${question} is needed.`, flag && `Say it with: ${flag}`)
    },
    [Symbol.dispose]: () => reader.close(),
  }
}

/**
 * Makes sure that somebody wants it.
 *
 * @param yes whether they said so already
 * @throws {Failure} when they do not, or nobody can answer
 */
export async function confirm(cli: Cli, question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return
  if (!cli.stdin.isTTY || !cli.stderr.isTTY)
    throw usageError(`${question} Nobody can answer here.`, 'Say it with: --yes')
  using ask = asks(cli)
  const answer = await ask.line(`${question} (y/N)`, 'no')
  if (!/^y(es)?$/i.test(answer)) throw cancelled()
}
