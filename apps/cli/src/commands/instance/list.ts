import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { instanceColumns } from './show-instance.ts'

export function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('Instances that are mine, of one app, or all that I may see')
    .argument('[appId]', 'only instances of this app')
    .option('-a, --all', 'every instance that I may see, instead of my own')
    .action((appId: string | undefined, options: { all?: boolean }) => run(cli, appId, options))
}

export async function list(cli: Cli, appId: string | undefined, { all = false }: { all?: boolean }): Promise<void> {
  const { client } = await cli.store()
  const query = { ...(appId !== undefined && { appId }), scope: all ? ('all' as const) : ('mine' as const) }
  await cli.out.list(instanceColumns, (await client.listInstances({ query })).items)
}
