import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { usageError } from '../../failure.ts'
import { followLog, printLog } from '../../log/follow-log.ts'

interface Options {
  follow?: boolean
  previous?: boolean
}

export function logsCommand(cli: Cli, run = logs): Command {
  return new Command('logs')
    .description('What an instance has written')
    .argument('<instanceId>', 'as instance list shows it')
    .option('-f, --follow', 'go on with what is written, across restarts, until the instance is gone')
    .option('-p, --previous', 'of the process before this one')
    .action((instanceId: string, options: Options) => run(cli, instanceId, options))
}

export async function logs(cli: Cli, instanceId: string, { follow, previous }: Options): Promise<void> {
  if (follow && previous) throw usageError('An earlier process writes nothing more: say --follow or --previous.')
  const store = await cli.store()
  // That it is there, and may be read, is told before anything is waited for.
  const { can } = await store.client.getInstance({ params: { instanceId } })
  if (follow && can.readLogs) await followLog(cli, store, instanceId)
  else await printLog(cli, store, instanceId, previous ? 'previous' : 'current')
}
