import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { findPerson } from '../../store/find-person.ts'
import { readPages } from '../../store/read-pages.ts'
import { deleteCommand } from '../app/delete.ts'
import { getCommand } from '../app/get.ts'
import { appColumns, appFields } from '../app/show-app.ts'
import { updateCommand } from '../app/update.ts'
import { nounOf } from '../noun.ts'

export function adminApp(cli: Cli): Command {
  return nounOf(cli, 'app', [listCommand, getCommand, updateCommand, transferCommand, deleteCommand])
}

export function transferCommand(cli: Cli, run = transfer): Command {
  return new Command('transfer')
    .description('Give an app, with every version of its name, to somebody else; its instances go on')
    .argument('<appId>', 'of any version, as app list shows it')
    .argument('<person>', 'name or e-mail address of somebody who has signed in')
    .action((appId: string, person: string) => run(cli, appId, person))
}

export async function transfer(cli: Cli, appId: string, person: string): Promise<void> {
  const { client } = await cli.store()
  const { id: ownerId } = await findPerson(client, person)
  await cli.out.object(appFields, await client.transferApp({ params: { appId }, body: { ownerId } }))
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
