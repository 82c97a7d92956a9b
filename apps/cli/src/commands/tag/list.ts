import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { tagColumns } from './show-tag.ts'

export function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('Every tag')
    .action(() => run(cli))
}

export async function list(cli: Cli): Promise<void> {
  const { client } = await cli.store()
  await cli.out.list(tagColumns, (await client.listTags()).items)
}
