import { Command } from 'commander'
import type { Cli } from '../cli.ts'

/** A noun of several verbs, in the order of its help. */
export function nounOf(cli: Cli, name: string, verbs: readonly ((cli: Cli) => Command)[]): Command {
  return verbs.reduce((noun, verb) => noun.addCommand(verb(cli)), new Command(name))
}
