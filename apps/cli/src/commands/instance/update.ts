import type { Visibility } from '@wave-store/contract'
import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { visibilityOption } from '../visibility-option.ts'
import { instanceFields } from './show-instance.ts'

export function updateCommand(cli: Cli, run = update): Command {
  return new Command('update')
    .description('Change who may open an instance')
    .argument('<instanceId>', 'as instance list shows it')
    .addOption(visibilityOption('who may open it').makeOptionMandatory())
    .action((instanceId: string, options: { visibility: Visibility }) => run(cli, instanceId, options))
}

export async function update(cli: Cli, instanceId: string, body: { visibility: Visibility }): Promise<void> {
  const { client } = await cli.store()
  await cli.out.object(instanceFields, await client.updateInstance({ params: { instanceId }, body }))
}
