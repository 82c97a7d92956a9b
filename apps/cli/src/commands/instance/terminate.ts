import type { Instance } from '@wave-store/contract'
import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import type { Store } from '../../store/store.ts'
import { type BulkOptions, forEachOf, isWanted, requireOneWay } from '../bulk.ts'
import { instanceColumns } from './show-instance.ts'

interface Options extends BulkOptions {
  allStopped?: boolean
}

export function terminateCommand(cli: Cli, run = terminate): Command {
  return new Command('terminate')
    .description('End instances for good, with their volumes and logs')
    .argument('[instanceId...]', 'as instance list shows them')
    .option('--all-stopped', 'all of mine that have failed or are suspended')
    .option('--dry-run', 'only show which')
    .option('-y, --yes', 'do not ask')
    .action((ids: string[], options: Options) => run(cli, ids, options))
}

export async function terminate(cli: Cli, ids: string[], options: Options): Promise<void> {
  const { allStopped = false } = options
  requireOneWay(ids, allStopped, '--all-stopped')
  const store = await cli.store()
  const chosen = allStopped ? await stopped(store) : await named(cli, store, ids)
  await cli.out.list(instanceColumns, chosen)
  if (!(await isWanted(cli, `Terminate these ${chosen.length} instances, with their volumes?`, chosen.length, options)))
    return
  await forEachOf(cli, chosen, ({ id }) => store.client.terminateInstance({ params: { instanceId: id } }))
  cli.say(chosen.length === 1 ? 'Terminated.' : `Terminated ${chosen.length} instances.`)
}

async function stopped({ client }: Store): Promise<Instance[]> {
  const { items } = await client.listInstances({ query: { scope: 'mine' } })
  return items.filter(({ status, phase }) => phase !== 'stopping' && (status === 'FAILED' || status === 'SUSPENDED'))
}

async function named(cli: Cli, { client }: Store, ids: readonly string[]): Promise<Instance[]> {
  return forEachOf(cli, [...new Set(ids)], (instanceId) => client.getInstance({ params: { instanceId } }))
}
