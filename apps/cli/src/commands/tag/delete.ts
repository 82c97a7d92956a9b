import { Command } from 'commander'
import { confirm } from '../../ask.ts'
import type { Cli } from '../../cli.ts'
import { findTag } from './find-tag.ts'

export function deleteCommand(cli: Cli, run = deleteTag): Command {
  return new Command('delete')
    .alias('rm')
    .description('Delete a tag, and take it off every app')
    .argument('<tag>', 'name or id')
    .option('-y, --yes', 'do not ask')
    .action((tag: string, options: { yes?: boolean }) => run(cli, tag, options))
}

export async function deleteTag(cli: Cli, tag: string, { yes }: { yes?: boolean }): Promise<void> {
  const { client } = await cli.store()
  const { id: tagId, name, appCount } = await findTag(client, tag)
  if (appCount > 0) await confirm(cli, `Take the tag “${name}” off ${appCount} app versions and delete it?`, yes)
  await client.deleteTag({ params: { tagId } })
  cli.say(`Deleted the tag “${name}”.`)
}
