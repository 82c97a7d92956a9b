import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { nounOf } from '../noun.ts'
import { setupCommand } from './setup.ts'
import { showCommand } from './show.ts'
import { updateTokenCommand } from './update-token.ts'

export function configCommand(cli: Cli): Command {
  return nounOf(cli, 'config', [setupCommand, updateTokenCommand, showCommand])
}
