import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { nounOf } from '../noun.ts'
import { getCommand } from './get.ts'
import { listCommand } from './list.ts'
import { logsCommand } from './logs.ts'
import { restartCommand } from './restart.ts'
import { resumeCommand } from './resume.ts'
import { statusCommand } from './status.ts'
import { suspendCommand } from './suspend.ts'
import { terminateCommand } from './terminate.ts'
import { updateCommand } from './update.ts'

/** What is done with instances by their ids, whoever owns them. */
export const verbsOfOne = [
  getCommand,
  statusCommand,
  logsCommand,
  updateCommand,
  suspendCommand,
  resumeCommand,
  restartCommand,
  terminateCommand,
]

export function instanceCommand(cli: Cli): Command {
  return nounOf(cli, 'instance', [listCommand, ...verbsOfOne])
}
