import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { appFields } from './show-app.ts'

export function promoteCommand(cli: Cli, run = promote): Command {
  return new Command('promote')
    .description('Show a version in the Catalog in place of the one there, which becomes PRIVATE; an older one too')
    .argument('<appId>', 'as app list shows it')
    .action((appId: string) => run(cli, appId))
}

export async function promote(cli: Cli, appId: string): Promise<void> {
  const { client } = await cli.store()
  await cli.out.object(appFields, await client.promoteApp({ params: { appId } }))
}
