import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { verbsOfOne } from '../instance/instance.ts'
import { list } from '../instance/list.ts'
import { nounOf } from '../noun.ts'

export function adminInstance(cli: Cli): Command {
  return nounOf(cli, 'instance', [listCommand, ...verbsOfOne])
}

function listCommand(cli: Cli, run = list): Command {
  return new Command('list')
    .alias('ls')
    .description('Every instance')
    .argument('[appId]', 'only instances of this app')
    .action((appId: string | undefined) => run(cli, appId, { all: true }))
}
