import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { usageError } from '../../failure.ts'
import { type AudienceOptions, audienceOf, withAudienceOptions } from './audience.ts'
import { findSecret, type SecretKind } from './find-secret.ts'
import { secretFields } from './show-secret.ts'
import { readValues, type ValueOptions, withValueOptions } from './values.ts'

interface Options extends ValueOptions, AudienceOptions {
  description?: string
  remove?: string[]
}

export function updateCommand(cli: Cli, kind: SecretKind = 'own', run = update): Command {
  const command = new Command('update')
    .description('Set and remove values of a secret; the other ones stay')
    .argument('<secret>', 'name or id')
    .option('-d, --description <text>', 'what it is for')
    .option('--remove <key...>', 'keys to remove')
  if (kind === 'shared') withAudienceOptions(command)
  return withValueOptions(command).action((secret: string, options: Options) => run(cli, secret, kind, options))
}

export async function update(
  cli: Cli,
  secret: string,
  kind: SecretKind,
  { description, remove = [], ...given }: Options,
): Promise<void> {
  const set = await readValues(cli, given)
  const { client } = await cli.store()
  const audience = await audienceOf(client, given)
  const body = {
    ...(description !== undefined && { description }),
    ...(Object.keys(set).length > 0 && { set }),
    ...(remove.length > 0 && { remove }),
    ...(audience && { audience }),
  }
  if (Object.keys(body).length === 0)
    throw usageError('Nothing is to be changed.', 'See what can be with: h2o secret update --help')
  const { id: secretId } = await findSecret(client, secret, kind)
  await cli.out.object(secretFields, await client.updateSecret({ params: { secretId }, body }))
}
