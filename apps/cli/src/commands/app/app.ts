import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { nounOf } from '../noun.ts'
import { deleteCommand } from './delete.ts'
import { downloadCommand } from './download.ts'
import { getCommand } from './get.ts'
import { importCommand } from './import.ts'
import { inspectCommand } from './inspect.ts'
import { listCommand } from './list.ts'
import { metaCommand } from './meta.ts'
import { promoteCommand } from './promote.ts'
import { runCommand } from './run.ts'
import { updateCommand } from './update.ts'

export function appCommand(cli: Cli): Command {
  return nounOf(cli, 'app', [
    listCommand,
    getCommand,
    runCommand,
    updateCommand,
    promoteCommand,
    deleteCommand,
    importCommand,
    downloadCommand,
    metaCommand,
    inspectCommand,
  ])
}
