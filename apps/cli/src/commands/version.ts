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
  const versions = { client: packageJson.version, server: client ? null : await serverVersion(cli) }
  await cli.out.object(
    [
      ['Client', ({ client }) => client],
      ...(client ? [] : [['Server', ({ server }: typeof versions) => server ?? 'not known'] as const]),
    ],
    versions,
  )
}

async function serverVersion(cli: Cli): Promise<string | null> {
  const [
    { createClient, StoreError },
    { endpointOf, loadSettings },
    { reach },
    { unreachable },
    { failureText },
    { Failure },
  ] = await Promise.all([
    import('@wave-store/client'),
    import('../store/connect.ts'),
    import('../store/reach.ts'),
    import('../store/unreachable.ts'),
    import('../explain.ts'),
    import('../failure.ts'),
  ])
  try {
    const endpoint = endpointOf(cli, await loadSettings(cli))
    const ask: typeof fetch = (url, init) => reach(String(url), init ?? {}, cli.options.requestTimeoutMs)
    return (await createClient({ baseUrl: endpoint, fetch: ask }).discover()).version
  } catch (error) {
    const failure = error instanceof StoreError ? unreachable(error) : error
    if (!(failure instanceof Failure)) throw error
    cli.stderr.write(failureText(failure))
    return null
  }
}
