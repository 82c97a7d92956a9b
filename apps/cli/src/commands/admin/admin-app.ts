import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { readPages } from '../../store/read-pages.ts'
import { deleteCommand } from '../app/delete.ts'
import { getCommand } from '../app/get.ts'
import { appColumns } from '../app/show-app.ts'
import { updateCommand } from '../app/update.ts'
import { nounOf } from '../noun.ts'

export function adminApp(cli: Cli): Command {
  return nounOf(cli, 'app', [listCommand, getCommand, updateCommand, deleteCommand])
}

function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('Every version of every app')
    .option('--name <name>', 'only versions of this name')
    .action((options: { name?: string }) => run(cli, options))
}

export async function list(cli: Cli, { name }: { name?: string }): Promise<void> {
  const { client } = await cli.store()
  const query = { scope: 'all' as const, ...(name && { name }) }
  await cli.out.list(appColumns, await readPages((page) => client.listApps({ query: { ...query, ...page } })))
}
