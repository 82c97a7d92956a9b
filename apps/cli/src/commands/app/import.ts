import { resolve } from 'node:path'
import { inspectBundle } from '@wave-store/bundle/node'
import type { Visibility } from '@wave-store/contract'
import { Command } from 'commander'
import { requireAccepted } from '../../bundle/pack.ts'
import { upload } from '../../bundle/upload.ts'
import type { Cli } from '../../cli.ts'
import { visibilityOption } from '../visibility-option.ts'
import { appFields } from './show-app.ts'

export function importCommand(cli: Cli, run = importApp): Command {
  return new Command('import')
    .description('Import a bundle')
    .argument('<file>', 'a .wave or .zip file')
    .addOption(visibilityOption('who may see and launch it'))
    .action((file: string, options: { visibility?: Visibility }) => run(cli, file, options))
}

/** What is wrong with it is told before anything is sent. */
export async function importApp(cli: Cli, file: string, { visibility }: { visibility?: Visibility }): Promise<void> {
  const store = await cli.store()
  const path = resolve(cli.cwd(), file)
  requireAccepted(cli, await inspectBundle(path, { signal: cli.interrupted }))
  await cli.out.object(appFields, await upload(cli, store, { path, visibility }))
}
