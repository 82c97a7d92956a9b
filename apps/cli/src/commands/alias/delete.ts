import { Command } from 'commander'
import type { Cli } from '../../cli.ts'

export function deleteCommand(cli: Cli, run = deleteAlias): Command {
  return new Command('delete')
    .alias('rm')
    .description('Give a name back; its instance stays')
    .argument('<alias>', 'its name')
    .action((alias: string) => run(cli, alias))
}

export async function deleteAlias(cli: Cli, name: string): Promise<void> {
  const { client } = await cli.store()
  await client.deleteAlias({ params: { name } })
  cli.say(`Gave the name “${name}” back.`)
}
