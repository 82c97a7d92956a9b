import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { setupCommand } from './setup.ts'
import { showCommand } from './show.ts'
import { updateTokenCommand } from './update-token.ts'

export function configCommand(cli: Cli): Command {
  return new Command('config')
    .addCommand(setupCommand(cli))
    .addCommand(updateTokenCommand(cli))
    .addCommand(showCommand(cli))
}
