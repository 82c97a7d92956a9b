import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { instanceFields } from './show-instance.ts'

export function getCommand(cli: Cli, run = get): Command {
  return new Command('get')
    .description('One instance')
    .argument('<instanceId>', 'as instance list shows it')
    .action((instanceId: string) => run(cli, instanceId))
}

export async function get(cli: Cli, instanceId: string): Promise<void> {
  const { client } = await cli.store()
  await cli.out.object(instanceFields, await client.getInstance({ params: { instanceId } }))
}
