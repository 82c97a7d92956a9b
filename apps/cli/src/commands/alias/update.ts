import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { usageError } from '../../failure.ts'
import { aliasFields } from './show-alias.ts'

interface Options {
  instance?: string
  primary?: boolean
}

export function updateCommand(cli: Cli, run = update): Command {
  return new Command('update')
    .description('Move an alias to another instance, or make it the primary one')
    .argument('<alias>', 'its name')
    .option('-i, --instance <instanceId>', 'the instance that it leads to')
    .option('--primary', 'all other addresses of its instance lead to it')
    .action((alias: string, options: Options) => run(cli, alias, options))
}

export async function update(cli: Cli, name: string, { instance, primary }: Options): Promise<void> {
  const body = { ...(instance && { instanceId: instance }), ...(primary && { isPrimary: true }) }
  if (Object.keys(body).length === 0) throw usageError('Nothing is to be changed.', 'Say --instance ID, or --primary.')
  const { client } = await cli.store()
  await cli.out.object(aliasFields, await client.updateAlias({ params: { name }, body }))
}
