import { newestOfEach } from '@wave-store/bundle'
import type { App } from '@wave-store/contract'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Cli } from '../../cli.ts'
import { readPages } from '../../store/read-pages.ts'
import type { Store } from '../../store/store.ts'
import { type BulkOptions, forEachOf, isWanted, requireOneWay } from '../bulk.ts'
import { appColumns } from './show-app.ts'

interface Options extends BulkOptions {
  olderThan?: number
}

export function deleteCommand(cli: Cli, run = deleteApps): Command {
  return new Command('delete')
    .alias('rm')
    .description('Delete app versions that have no instances')
    .argument('[appId...]', 'as app list shows them')
    .addOption(
      new Option(
        '--older-than <age>',
        'my versions that were imported so long ago, such as 30d or 12h; the newest of each name stays',
      ).argParser(ageMs),
    )
    .option('--dry-run', 'only show which')
    .option('-y, --yes', 'do not ask')
    .action((ids: string[], options: Options) => run(cli, ids, options))
}

export async function deleteApps(cli: Cli, ids: string[], options: Options): Promise<void> {
  const { olderThan } = options
  requireOneWay(ids, olderThan !== undefined, '--older-than')
  const store = await cli.store()
  const chosen = olderThan === undefined ? await named(cli, store, ids) : await superseded(store, olderThan)
  await cli.out.list(appColumns, chosen)
  if (!(await isWanted(cli, `Delete these ${chosen.length} versions?`, chosen.length, options))) return
  await forEachOf(cli, chosen, ({ id }) => store.client.deleteApp({ params: { appId: id } }))
  cli.say(chosen.length === 1 ? 'Deleted.' : `Deleted ${chosen.length} versions.`)
}

async function superseded({ client }: Store, olderThanMs: number): Promise<App[]> {
  const mine = await readPages((page) => client.listApps({ query: { scope: 'mine', ...page } }))
  const newest = new Set(newestOfEach(mine))
  return mine.filter((app) => !newest.has(app) && Date.parse(app.createdAt) < Date.now() - olderThanMs)
}

async function named(cli: Cli, { client }: Store, ids: readonly string[]): Promise<App[]> {
  return forEachOf(cli, [...new Set(ids)], (appId) => client.getApp({ params: { appId } }))
}

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

function ageMs(text: string): number {
  const [, number, unit] = /^(\d+)([smhdw])$/.exec(text) ?? []
  if (!number) throw new InvalidArgumentError('A number and s, m, h, d or w, such as 30d.')
  return Number(number) * unitMs[unit as keyof typeof unitMs]
}
