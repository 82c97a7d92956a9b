import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { settingsPath, writeSettings } from '../../config/config-file.ts'
import { Failure } from '../../failure.ts'
import { signIn } from '../../sign-in/sign-in.ts'
import { endpointOf, loadSettings } from '../../store/connect.ts'
import { discover } from '../../store/discover.ts'

export function updateTokenCommand(cli: Cli, run = updateToken): Command {
  return new Command('update-token')
    .description('Sign in again, with the settings as they are')
    .option('--device', 'show a code to type in elsewhere, instead of opening a browser')
    .action((options: { device?: boolean }) => run(cli, options))
}

export async function updateToken(cli: Cli, { device = false }: { device?: boolean }): Promise<void> {
  const settings = await loadSettings(cli)
  const endpoint = endpointOf(cli, settings)
  const { OIDCAddress: issuer, ClientID: clientId } = settings
  if (!issuer || !clientId)
    throw new Failure('The settings do not say where to sign in.', { next: 'Run: h2o config setup' })
  const { oidc } = await discover(cli, endpoint)
  const tokens = await signIn(cli, { issuer, clientId, scopes: oidc.scopes, byCode: device })
  await writeSettings(settingsPath(cli), { ...settings, ...tokens })
  cli.say(`Signed in to ${endpoint} again.`)
}
