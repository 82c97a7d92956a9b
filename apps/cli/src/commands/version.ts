import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import type { Cli } from '../cli.ts'

export function versionCommand(cli: Cli, run = version): Command {
  return new Command('version')
    .option('--client', 'only of this program: asks no store')
    .action((options: { client?: boolean }) => run(cli, options))
}

/** A store that cannot be asked is said to be so; the version of this program is printed all the same. */
export async function version(cli: Cli, { client = false }: { client?: boolean }): Promise<void> {
  const versions = { client: packageJson.version, server: client ? null : await askServer(cli) }
  await cli.out.object(
    [
      ['Client', ({ client }) => client],
      ...(client ? [] : [['Server', ({ server }: typeof versions) => server ?? 'not known'] as const]),
    ],
    versions,
  )
}

/** What talks to stores is loaded only for that. */
async function askServer(cli: Cli): Promise<string | null> {
  const { serverVersion } = await import('../store/server-version.ts')
  return serverVersion(cli)
}
