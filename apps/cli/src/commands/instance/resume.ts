import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { forEachOf } from '../bulk.ts'
import { instanceColumns } from './show-instance.ts'

export function resumeCommand(cli: Cli, run = resume): Command {
  return new Command('resume')
    .description('Wake instances that sleep')
    .argument('<instanceId...>', 'as instance list shows them')
    .action((ids: string[]) => run(cli, ids))
}

export async function resume(cli: Cli, ids: string[]): Promise<void> {
  const { client } = await cli.store()
  const instances = await forEachOf(cli, ids, (instanceId) => client.resumeInstance({ params: { instanceId } }))
  await cli.out.list(instanceColumns, instances)
}
