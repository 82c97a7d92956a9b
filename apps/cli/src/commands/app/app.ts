import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { getCommand } from './get.ts'
import { listCommand } from './list.ts'

export function appCommand(cli: Cli): Command {
  return new Command('app').addCommand(listCommand(cli)).addCommand(getCommand(cli))
}
