import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { findTag } from './find-tag.ts'
import { tagFields } from './show-tag.ts'

export function getCommand(cli: Cli, run = get): Command {
  return new Command('get')
    .description('One tag')
    .argument('<tag>', 'name or id')
    .action((tag: string) => run(cli, tag))
}

export async function get(cli: Cli, tag: string): Promise<void> {
  const { client } = await cli.store()
  await cli.out.object(tagFields, await findTag(client, tag))
}
