import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { nounOf } from '../noun.ts'
import { createCommand } from '../tag/create.ts'
import { deleteCommand } from '../tag/delete.ts'
import { getCommand } from '../tag/get.ts'
import { listCommand } from '../tag/list.ts'
import { updateCommand } from '../tag/update.ts'

export function adminTag(cli: Cli): Command {
  return nounOf(cli, 'tag', [listCommand, getCommand, createCommand, updateCommand, deleteCommand])
}
