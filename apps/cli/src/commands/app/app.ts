import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { nounOf } from '../noun.ts'
import { deleteCommand } from './delete.ts'
import { getCommand } from './get.ts'
import { listCommand } from './list.ts'
import { runCommand } from './run.ts'
import { updateCommand } from './update.ts'

export function appCommand(cli: Cli): Command {
  return nounOf(cli, 'app', [listCommand, getCommand, runCommand, updateCommand, deleteCommand])
}
