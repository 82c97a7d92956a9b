import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { tagFields } from './show-tag.ts'
import { type TagOptions, tagBody, withTagOptions } from './tag-options.ts'

export function createCommand(cli: Cli, run = create): Command {
  const command = new Command('create').description('Make a tag').argument('<name>', 'what it is called')
  return withTagOptions(command).action((name: string, options: TagOptions) => run(cli, name, options))
}

export async function create(cli: Cli, name: string, options: TagOptions): Promise<void> {
  const { client } = await cli.store()
  await cli.out.object(tagFields, await client.createTag({ body: { name, ...tagBody(options) } }))
}
