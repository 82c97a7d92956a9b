import { StoreError } from '@wave-store/client/store-error'
import { apiTokenPrefix, type Discovery } from '@wave-store/contract'
import { Command } from 'commander'
import { asks } from '../../ask.ts'
import type { Cli } from '../../cli.ts'
import { readSettings, type Settings, settingsPath, writeSettings } from '../../config/config-file.ts'
import { Failure, usageError } from '../../failure.ts'
import { signIn } from '../../sign-in/sign-in.ts'
import { originOf } from '../../store/connect.ts'
import { discover } from '../../store/discover.ts'
import { unreachable } from '../../store/unreachable.ts'

interface Options {
  endpoint?: string
  oidcUrl?: string
  clientId?: string
  token?: string
  device?: boolean
}

export function setupCommand(cli: Cli, run = setup): Command {
  return new Command('setup')
    .description('Ask which store to talk to, and sign in')
    .option('--endpoint <url>', 'the store, such as https://store.example.com, instead of asking')
    .option('--oidc-url <url>', 'the identity provider, instead of the one that the store names')
    .option('--client-id <id>', 'what this program is called there, instead of what the store says')
    .option('--token <token>', 'an API token to use instead of signing in')
    .option('--device', 'show a code to type in elsewhere, instead of opening a browser')
    .action((options: Options) => run(cli, options))
}

/** Keeps what was answered only once somebody is signed in. */
export async function setup(cli: Cli, options: Options): Promise<void> {
  const path = settingsPath(cli)
  const known = (await readSettings(path)) ?? {}
  using ask = asks(cli)
  const endpoint = originOf(options.endpoint ?? (await ask.line('Endpoint URL', known.Endpoint, '--endpoint URL')))
  const store = await discoverStore(cli, endpoint)
  if (options.token !== undefined)
    return keep(cli, path, { ...forget(known), Endpoint: endpoint, Token: apiToken(options.token) })
  const issuer = options.oidcUrl ?? (await ask.line('OIDC URL', store.oidc.issuer))
  const clientId = options.clientId ?? (await ask.line('Client ID', store.oidc.clientId))
  const tokens = await signIn(cli, { issuer, clientId, scopes: store.oidc.scopes, byCode: options.device === true })
  await keep(cli, path, { ...known, Endpoint: endpoint, OIDCAddress: issuer, ClientID: clientId, ...tokens })
}

/** Settings without those of an earlier sign-in. */
function forget({ Token: _t, AccessToken: _a, AccessTokenExpiresAt: _e, ...others }: Settings): Settings {
  return others
}

function apiToken(token: string): string {
  if (token.startsWith(apiTokenPrefix)) return token
  throw usageError(
    `This is no API token of a store: they begin with ${apiTokenPrefix}.`,
    'Make one on the page CLI & API access.',
  )
}

async function keep(cli: Cli, path: string, settings: Settings): Promise<void> {
  await writeSettings(path, settings)
  cli.say(`Settings are in ${path}.`)
  const session = await (await cli.store()).client.getSession()
  if (!session.user)
    throw new Failure('The store does not take this token: it was revoked, or has expired.', {
      next: 'Run: h2o config setup',
    })
  cli.say(`Signed in to ${settings.Endpoint} as ${session.user.name}.`)
}

/** @throws {Failure} when nobody answers, or no store */
async function discoverStore(cli: Cli, endpoint: string): Promise<Discovery> {
  try {
    return await discover(cli, endpoint)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    if (error.code === 'unreachable' && error.status === 0) throw unreachable(error, endpoint)
    throw new Failure(`What answers at ${endpoint} is no Wave App Store.`, {
      next: 'Is the endpoint right? It is the address of the store’s own page.',
      cause: error,
    })
  }
}
