import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { nounOf } from '../noun.ts'
import { createCommand } from '../secret/create.ts'
import { deleteCommand } from '../secret/delete.ts'
import { getCommand } from '../secret/get.ts'
import { list } from '../secret/list.ts'
import { updateCommand } from '../secret/update.ts'

export function adminSecret(cli: Cli): Command {
  const verbs = [getCommand, createCommand, updateCommand, deleteCommand].map(
    (verb) => (cli: Cli) => verb(cli, 'shared'),
  )
  return nounOf(cli, 'secret', [listCommand, ...verbs])
}

function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('Every secret')
    .action(() => run(cli, 'all'))
}
