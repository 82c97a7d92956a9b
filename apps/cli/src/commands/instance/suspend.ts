import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { forEachOf } from '../bulk.ts'
import { instanceColumns } from './show-instance.ts'

export function suspendCommand(cli: Cli, run = suspend): Command {
  return new Command('suspend')
    .description('Put instances to sleep; their volumes and addresses stay')
    .argument('<instanceId...>', 'as instance list shows them')
    .action((ids: string[]) => run(cli, ids))
}

export async function suspend(cli: Cli, ids: string[]): Promise<void> {
  const { client } = await cli.store()
  const instances = await forEachOf(cli, ids, (instanceId) => client.suspendInstance({ params: { instanceId } }))
  await cli.out.list(instanceColumns, instances)
}
