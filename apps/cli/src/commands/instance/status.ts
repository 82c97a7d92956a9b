import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { statusFields } from './show-instance.ts'

export function statusCommand(cli: Cli, run = status): Command {
  return new Command('status')
    .description('What an instance is about, and why it does not run where it does not')
    .argument('<instanceId>', 'as instance list shows it')
    .action((instanceId: string) => run(cli, instanceId))
}

export async function status(cli: Cli, instanceId: string): Promise<void> {
  const { client } = await cli.store()
  await cli.out.object(statusFields, await client.getInstance({ params: { instanceId } }))
}
