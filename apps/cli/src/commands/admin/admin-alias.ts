import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { deleteCommand } from '../alias/delete.ts'
import { list } from '../alias/list.ts'
import { updateCommand } from '../alias/update.ts'
import { nounOf } from '../noun.ts'

export function adminAlias(cli: Cli): Command {
  return nounOf(cli, 'alias', [listCommand, updateCommand, deleteCommand])
}

function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('Every alias')
    .action(() => run(cli, { scope: 'all' }))
}
