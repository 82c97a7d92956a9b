import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { aliasFields } from './show-alias.ts'

export function createCommand(cli: Cli, run = create): Command {
  return new Command('create')
    .description('Give an instance another name; the first one is its primary one')
    .argument('<name>', 'one label of an address: letters, digits and hyphens')
    .argument('<instanceId>', 'as instance list shows it')
    .option('--primary', 'all its other addresses lead to this one')
    .action((name: string, instanceId: string, options: { primary?: boolean }) => run(cli, name, instanceId, options))
}

export async function create(
  cli: Cli,
  name: string,
  instanceId: string,
  options: { primary?: boolean },
): Promise<void> {
  const { client } = await cli.store()
  const body = { name, instanceId, ...(options.primary && { isPrimary: true }) }
  await cli.out.object(aliasFields, await client.createAlias({ body }))
}
