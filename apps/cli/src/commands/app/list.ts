import { newestOfEach } from '@wave-store/bundle'
import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { readPages } from '../../store/read-pages.ts'
import { appColumns } from './show-app.ts'

interface Options {
  all?: boolean
  name?: string
  latest?: boolean
}

export function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('Apps that are mine, or all that I may launch')
    .option('-a, --all', 'every app that I may see, instead of my own')
    .option('--name <name>', 'only versions of this name')
    .option('-l, --latest', 'only the newest version of each name')
    .action((options: Options) => run(cli, options))
}

export async function list(cli: Cli, { all = false, name, latest = false }: Options): Promise<void> {
  const { client } = await cli.store()
  const scope = all ? 'available' : 'mine'
  const apps = await readPages((page) => client.listApps({ query: { scope, ...(name && { name }), ...page } }))
  await cli.out.list(appColumns, latest ? newestOfEach(apps) : apps)
}
