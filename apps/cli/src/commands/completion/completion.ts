import { Argument, Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { completionScripts } from '../../completion/scripts.ts'

type Shell = keyof typeof completionScripts

export function completionCommand(cli: Cli, run = completion): Command {
  return new Command('completion')
    .addArgument(new Argument('<shell>', 'for which shell').choices(Object.keys(completionScripts)))
    .addHelpText('after', '\nIts first lines say where the script goes.')
    .action((shell: Shell) => run(cli, shell))
}

export async function completion(cli: Cli, shell: Shell): Promise<void> {
  await cli.out.write(completionScripts[shell])
}
