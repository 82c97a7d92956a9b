import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { findSecret, type SecretKind } from './find-secret.ts'
import { secretFields } from './show-secret.ts'

export function getCommand(cli: Cli, kind: SecretKind = 'own', run = get): Command {
  return new Command('get')
    .description('One secret: its keys and the apps that use it, never its values')
    .argument('<secret>', 'name or id')
    .action((secret: string) => run(cli, secret, kind))
}

export async function get(cli: Cli, secret: string, kind: SecretKind): Promise<void> {
  const { client } = await cli.store()
  await cli.out.object(secretFields, await findSecret(client, secret, kind))
}
