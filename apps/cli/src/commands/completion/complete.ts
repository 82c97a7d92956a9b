import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { type Candidate, candidatesFor } from '../../completion/candidates.ts'
import { plain } from '../../output/plain.ts'

/** Somebody waits with a finger on the key. */
const patienceMs = 2000
/** What no shell gives a meaning to. */
const harmless = /^[\p{L}\p{M}\p{N}._:@/+-]+$/u

/**
 * What the scripts of the shells ask.
 *
 * @param load the program with everything that the words name
 */
export function completeCommand(cli: Cli, load: (words: string[]) => Promise<Command>, run = complete): Command {
  return new Command('__complete').argument('[words...]').action((words: string[]) => run(cli, load, words))
}

/** Prints nothing where nobody is signed in, or no store answers. */
export async function complete(cli: Cli, load: (words: string[]) => Promise<Command>, words: string[]): Promise<void> {
  const conf = words[words.indexOf('--conf') + 1]
  Object.assign(cli.options, { requestTimeoutMs: patienceMs, ...(words.includes('--conf') && conf && { conf }) })
  const found = await load(words)
    .then((program) => candidatesFor(cli, program, words))
    .catch(() => [])
  const lines = found.filter(([value]) => harmless.test(value)).map(lineOf)
  await cli.out.write(lines.join(''))
}

function lineOf([value, description]: Candidate): string {
  return `${value}\t${plain(description)}\n`
}
