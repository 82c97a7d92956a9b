import type { Visibility } from '@wave-store/contract'
import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { visibilityOption } from '../visibility-option.ts'
import { appFields } from './show-app.ts'

export function updateCommand(cli: Cli, run = update): Command {
  return new Command('update')
    .description('Change who may see and launch an app')
    .argument('<appId>', 'as app list shows it')
    .addOption(visibilityOption('who may see and launch it').makeOptionMandatory())
    .action((appId: string, options: { visibility: Visibility }) => run(cli, appId, options))
}

export async function update(cli: Cli, appId: string, body: { visibility: Visibility }): Promise<void> {
  const { client } = await cli.store()
  await cli.out.object(appFields, await client.updateApp({ params: { appId }, body }))
}
