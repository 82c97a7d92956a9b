import { Command, Option } from 'commander'
import type { Cli } from '../../cli.ts'

const metaTypes = ['APP', 'REQUIREMENTS', 'PACKAGES', 'FILES'] as const

interface Options {
  type: (typeof metaTypes)[number]
}

export function metaCommand(cli: Cli, run = meta): Command {
  return new Command('meta')
    .description('What the bundle of an app says: app.toml, requirements.txt, packages.txt, or which files it has')
    .argument('<appId>', 'as app list shows it')
    .addOption(new Option('-t, --type <type>', 'which of them').choices(metaTypes).default('APP'))
    .action((appId: string, options: Options) => run(cli, appId, options))
}

export async function meta(cli: Cli, appId: string, { type }: Options): Promise<void> {
  const store = await cli.store()
  const app = await store.client.getApp({ params: { appId } })
  if (type === 'APP') return cli.out.data(app.manifestText, () => withLineEnd(app.manifestText))
  if (type === 'REQUIREMENTS') return cli.out.data(app.requirements, () => withLineEnd(app.requirements ?? ''))
  if (type === 'PACKAGES') return cli.out.data(app.osPackages, () => app.osPackages.map((name) => `${name}\n`).join(''))
  await cli.out.list(
    [
      ['SIZE', ({ sizeBytes }) => String(sizeBytes)],
      ['PATH', (file) => file.path],
    ],
    (await store.client.listAppFiles({ params: { appId } })).items,
  )
}

function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
