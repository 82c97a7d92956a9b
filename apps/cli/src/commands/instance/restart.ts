import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { forEachOf } from '../bulk.ts'
import { instanceColumns } from './show-instance.ts'

export function restartCommand(cli: Cli, run = restart): Command {
  return new Command('restart')
    .description('Start instances afresh, after a failure too; their volumes stay')
    .argument('<instanceId...>', 'as instance list shows them')
    .action((ids: string[]) => run(cli, ids))
}

export async function restart(cli: Cli, ids: string[]): Promise<void> {
  const { client } = await cli.store()
  const instances = await forEachOf(cli, ids, (instanceId) => client.restartInstance({ params: { instanceId } }))
  await cli.out.list(instanceColumns, instances)
}
