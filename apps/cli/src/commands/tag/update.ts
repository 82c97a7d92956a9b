import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { usageError } from '../../failure.ts'
import { findTag } from './find-tag.ts'
import { tagFields } from './show-tag.ts'
import { type TagOptions, tagBody, withTagOptions } from './tag-options.ts'

interface Options extends TagOptions {
  name?: string
}

export function updateCommand(cli: Cli, run = update): Command {
  const command = new Command('update')
    .description('Change a tag')
    .argument('<tag>', 'name or id')
    .option('-n, --name <name>', 'what it is called from now on')
  return withTagOptions(command).action((tag: string, options: Options) => run(cli, tag, options))
}

export async function update(cli: Cli, tag: string, { name, ...options }: Options): Promise<void> {
  const body = { ...(name !== undefined && { name }), ...tagBody(options) }
  if (Object.keys(body).length === 0)
    throw usageError('Nothing is to be changed.', 'See what can be with: h2o tag update --help')
  const { client } = await cli.store()
  const { id: tagId } = await findTag(client, tag)
  await cli.out.object(tagFields, await client.updateTag({ params: { tagId }, body }))
}
