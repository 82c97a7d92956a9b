import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { deleteCommand } from './delete.ts'
import { getCommand } from './get.ts'
import { listCommand } from './list.ts'
import { runCommand } from './run.ts'
import { updateCommand } from './update.ts'

export function appCommand(cli: Cli): Command {
  const verbs = [listCommand, getCommand, runCommand, updateCommand, deleteCommand]
  return verbs.reduce((noun, verb) => noun.addCommand(verb(cli)), new Command('app'))
}
