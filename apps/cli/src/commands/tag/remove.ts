import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { appColumns } from '../app/show-app.ts'
import { forEachOf } from '../bulk.ts'
import { findTag } from './find-tag.ts'

export function removeCommand(cli: Cli, run = remove): Command {
  return new Command('remove')
    .description('Take a tag off apps')
    .argument('<tag>', 'name or id')
    .argument('<appId...>', 'as app list shows them')
    .action((tag: string, appIds: string[]) => run(cli, tag, appIds))
}

export async function remove(cli: Cli, tag: string, appIds: string[]): Promise<void> {
  const { client } = await cli.store()
  const { id: tagId } = await findTag(client, tag)
  const apps = await forEachOf(cli, appIds, (appId) => client.removeTag({ params: { appId, tagId } }))
  await cli.out.list(appColumns, apps)
}
