import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { getCommand } from './get.ts'
import { listCommand } from './list.ts'
import { logsCommand } from './logs.ts'
import { restartCommand } from './restart.ts'
import { resumeCommand } from './resume.ts'
import { statusCommand } from './status.ts'
import { suspendCommand } from './suspend.ts'
import { terminateCommand } from './terminate.ts'
import { updateCommand } from './update.ts'

export function instanceCommand(cli: Cli): Command {
  const verbs = [
    listCommand,
    getCommand,
    statusCommand,
    logsCommand,
    updateCommand,
    suspendCommand,
    resumeCommand,
    restartCommand,
    terminateCommand,
  ]
  return verbs.reduce((noun, verb) => noun.addCommand(verb(cli)), new Command('instance'))
}
