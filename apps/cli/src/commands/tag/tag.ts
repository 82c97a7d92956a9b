import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { nounOf } from '../noun.ts'
import { assignCommand } from './assign.ts'
import { getCommand } from './get.ts'
import { listCommand } from './list.ts'
import { removeCommand } from './remove.ts'
import { updateCommand } from './update.ts'

export function tagCommand(cli: Cli): Command {
  return nounOf(cli, 'tag', [listCommand, getCommand, assignCommand, removeCommand, updateCommand])
}
