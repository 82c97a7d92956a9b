import { Command } from 'commander'
import type { Cli } from '../../cli.ts'

export function runtimeVersionListCommand(cli: Cli, run = listRuntimeVersions): Command {
  return new Command('list')
    .alias('ls')
    .description('What apps run on in this store; the default where app.toml asks for none')
    .action(() => run(cli))
}

export async function listRuntimeVersions(cli: Cli): Promise<void> {
  const { client } = await cli.store()
  const { items } = await client.listRuntimeVersions()
  await cli.out.list(
    [
      ['NAME', ({ name }) => name],
      ['DEFAULT', ({ isDefault }) => (isDefault ? 'yes' : 'no')],
    ],
    items,
  )
}
