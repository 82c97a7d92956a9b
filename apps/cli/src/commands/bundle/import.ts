import type { Visibility } from '@wave-store/contract'
import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { appFields } from '../app/show-app.ts'
import { visibilityOption } from '../visibility-option.ts'
import { importFolder } from './import-folder.ts'

interface Options {
  visibility?: Visibility
  generateVersion?: boolean
}

export function importCommand(cli: Cli, run = importBundle): Command {
  return new Command('import')
    .description('Pack a folder and import it')
    .argument('[folder]', 'what holds app.toml')
    .addOption(visibilityOption('who may see and launch it'))
    .option('-g, --generate-version', 'append the time to the version, as deploy does')
    .action((folder: string | undefined, options: Options) => run(cli, folder, options))
}

export async function importBundle(cli: Cli, folder: string | undefined, options: Options): Promise<void> {
  const { visibility, generateVersion = false } = options
  const app = await importFolder(cli, await cli.store(), { folder, visibility, generateVersion })
  await cli.out.object(appFields, app)
}
