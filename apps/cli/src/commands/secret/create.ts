import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { type AudienceOptions, audienceOf, withAudienceOptions } from './audience.ts'
import type { SecretKind } from './find-secret.ts'
import { secretFields } from './show-secret.ts'
import { readValues, type ValueOptions, withValueOptions } from './values.ts'

interface Options extends ValueOptions, AudienceOptions {
  description?: string
}

export function createCommand(cli: Cli, kind: SecretKind = 'own', run = create): Command {
  const command = new Command('create')
    .description('Keep a secret')
    .argument('<name>', 'as app.toml names it')
    .option('-d, --description <text>', 'what it is for')
  if (kind === 'shared') withAudienceOptions(command)
  return withValueOptions(command).action((name: string, options: Options) => run(cli, name, kind, options))
}

export async function create(
  cli: Cli,
  name: string,
  kind: SecretKind,
  { description = '', ...given }: Options,
): Promise<void> {
  const values = await readValues(cli, given)
  const { client } = await cli.store()
  const audience = (await audienceOf(client, given)) ?? { kind: 'everyone' as const }
  const body = { name, kind, description, values, ...(kind === 'shared' && { audience }) }
  await cli.out.object(secretFields, await client.createSecret({ body }))
}
