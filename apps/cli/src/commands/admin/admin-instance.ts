import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { getCommand } from '../instance/get.ts'
import { list } from '../instance/list.ts'
import { logsCommand } from '../instance/logs.ts'
import { restartCommand } from '../instance/restart.ts'
import { resumeCommand } from '../instance/resume.ts'
import { statusCommand } from '../instance/status.ts'
import { suspendCommand } from '../instance/suspend.ts'
import { terminateCommand } from '../instance/terminate.ts'
import { updateCommand } from '../instance/update.ts'
import { nounOf } from '../noun.ts'

export function adminInstance(cli: Cli): Command {
  return nounOf(cli, 'instance', [
    listCommand,
    getCommand,
    statusCommand,
    logsCommand,
    updateCommand,
    suspendCommand,
    resumeCommand,
    restartCommand,
    terminateCommand,
  ])
}

function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('Every instance')
    .argument('[appId]', 'only instances of this app')
    .action((appId: string | undefined) => run(cli, appId, { all: true }))
}
