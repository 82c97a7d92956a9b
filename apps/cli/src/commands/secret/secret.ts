import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { nounOf } from '../noun.ts'
import { createCommand } from './create.ts'
import { deleteCommand } from './delete.ts'
import { getCommand } from './get.ts'
import { listCommand } from './list.ts'
import { updateCommand } from './update.ts'

export function secretCommand(cli: Cli): Command {
  return nounOf(cli, 'secret', [listCommand, getCommand, createCommand, updateCommand, deleteCommand])
}
