import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { aliasColumns } from './show-alias.ts'

export function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('My aliases, or those of one instance')
    .argument('[instanceId]', 'only those of this instance')
    .action((instanceId: string | undefined) => run(cli, { ...(instanceId && { instanceId }) }))
}

export async function list(cli: Cli, query: { instanceId?: string; scope?: 'mine' | 'all' }): Promise<void> {
  const { client } = await cli.store()
  await cli.out.list(aliasColumns, (await client.listAliases({ query })).items)
}
