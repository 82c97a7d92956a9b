import type { AppDetails, Instance, Visibility } from '@wave-store/contract'
import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import type { Store } from '../../store/store.ts'
import { appFields } from '../app/show-app.ts'
import { launchedFields } from '../instance/show-instance.ts'
import { visibilityOption } from '../visibility-option.ts'
import { importFolder } from './import-folder.ts'

interface Options {
  visibility?: Visibility
}

export function deployCommand(cli: Cli, run = deploy): Command {
  return new Command('deploy')
    .description('Pack a folder, import it as a version of its own, and run it')
    .argument('[folder]', 'what holds app.toml')
    .addOption(visibilityOption('who may see and launch it, and open the instance'))
    .action((folder: string | undefined, options: Options) => run(cli, folder, options))
}

export async function deploy(cli: Cli, folder: string | undefined, { visibility }: Options): Promise<void> {
  await printDeployed(cli, await deployFolder(cli, await cli.store(), folder, visibility))
}

export interface Deployed {
  app: AppDetails
  instance: Instance
}

export async function deployFolder(
  cli: Cli,
  store: Store,
  folder: string | undefined,
  visibility?: Visibility,
): Promise<Deployed> {
  const app = await importFolder(cli, store, { folder, visibility, generateVersion: true })
  const body = { appId: app.id, ...(visibility && { visibility }) }
  return { app, instance: await store.client.launchInstance({ body }) }
}

/** Both blocks of the guide, one below the other. */
export async function printDeployed(cli: Cli, { app, instance }: Deployed): Promise<void> {
  if (cli.options.output !== 'text') return cli.out.data({ app, instance }, () => '')
  await cli.out.object(appFields, app)
  await cli.out.object(launchedFields, instance)
}
