import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { appFields } from './show-app.ts'

export function getCommand(cli: Cli, run = get): Command {
  return new Command('get')
    .description('One app')
    .argument('<appId>', 'as app list shows it')
    .action((appId: string) => run(cli, appId))
}

export async function get(cli: Cli, appId: string): Promise<void> {
  const { client } = await cli.store()
  await cli.out.object(appFields, await client.getApp({ params: { appId } }))
}
