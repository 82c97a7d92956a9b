import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { findSecret, type SecretKind } from './find-secret.ts'

export function deleteCommand(cli: Cli, kind: SecretKind = 'own', run = deleteSecret): Command {
  return new Command('delete')
    .alias('rm')
    .description('Delete a secret that no app uses')
    .argument('<secret>', 'name or id')
    .action((secret: string) => run(cli, secret, kind))
}

export async function deleteSecret(cli: Cli, secret: string, kind: SecretKind): Promise<void> {
  const { client } = await cli.store()
  const { id: secretId, name } = await findSecret(client, secret, kind)
  await client.deleteSecret({ params: { secretId } })
  cli.say(`Deleted the secret “${name}”.`)
}
