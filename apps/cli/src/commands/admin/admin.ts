import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { Failure } from '../../failure.ts'
import { adminAlias } from './admin-alias.ts'
import { adminApp } from './admin-app.ts'
import { adminInstance } from './admin-instance.ts'
import { adminSecret } from './admin-secret.ts'
import { adminTag } from './admin-tag.ts'

/** What administrators do with the things of everybody. The store decides who is one. */
export function adminCommand(cli: Cli): Command {
  return new Command('admin')
    .addCommand(adminApp(cli).description('Apps of everybody'))
    .addCommand(adminInstance(cli).description('Instances of everybody'))
    .addCommand(adminTag(cli).description('Tags: make and delete them too'))
    .addCommand(adminSecret(cli).description('Secrets that are shared'))
    .addCommand(adminAlias(cli).description('Aliases of everybody'))
    .hook('preAction', () => requireAdministrator(cli))
}

async function requireAdministrator(cli: Cli): Promise<void> {
  const { client } = await cli.store()
  const { can } = await client.getSession()
  if (!can.administer)
    throw new Failure('You are no administrator of this store.', { next: 'Ask one, or leave “admin” away.' })
}
