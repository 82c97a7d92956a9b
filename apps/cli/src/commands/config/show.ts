import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { settingsPath } from '../../config/config-file.ts'
import { loadSettings } from '../../store/connect.ts'

export function showCommand(cli: Cli, run = show): Command {
  return new Command('show').description('Print the settings, without the token').action(() => run(cli))
}

export async function show(cli: Cli): Promise<void> {
  const settings = await loadSettings(cli)
  await cli.out.object(
    [
      ['File', (shown) => shown.file],
      ['Endpoint', (shown) => shown.endpoint],
      ['OIDC URL', (shown) => shown.oidcUrl],
      ['Client ID', (shown) => shown.clientId],
      ['Signed in', (shown) => shown.signedIn],
    ],
    {
      file: settingsPath(cli),
      endpoint: cli.env.H2O_ENDPOINT || (settings.Endpoint ?? ''),
      oidcUrl: settings.OIDCAddress ?? '',
      clientId: settings.ClientID ?? '',
      signedIn: cli.env.H2O_TOKEN ? 'by H2O_TOKEN' : settings.Token ? 'yes' : 'no',
    },
  )
}
