import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { secretColumns } from './show-secret.ts'

export function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('My secrets, and the shared ones that my apps may use')
    .action(() => run(cli, 'usable'))
}

export async function list(cli: Cli, scope: 'usable' | 'all'): Promise<void> {
  const { client } = await cli.store()
  await cli.out.list(secretColumns, (await client.listSecrets({ query: { scope } })).items)
}
