import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { nounOf } from '../noun.ts'
import { createCommand } from './create.ts'
import { deleteCommand } from './delete.ts'
import { listCommand } from './list.ts'
import { updateCommand } from './update.ts'

export function aliasCommand(cli: Cli): Command {
  return nounOf(cli, 'alias', [listCommand, createCommand, updateCommand, deleteCommand])
}
