import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { extractBundle, inspectBundle } from '@wave-store/bundle/node'
import type { AppDetails } from '@wave-store/contract'
import { Command } from 'commander'
import { draftOf, requireAccepted, temporaryDirectory } from '../../bundle/pack.ts'
import type { Cli } from '../../cli.ts'
import { Failure } from '../../failure.ts'
import type { Store } from '../../store/store.ts'
import { downloadBundle } from './download-bundle.ts'

interface Options {
  file?: string
  extract?: string | true
}

export function downloadCommand(cli: Cli, run = download): Command {
  return new Command('download')
    .description('Fetch the bundle of an app, byte for byte as it was imported')
    .argument('<appId>', 'as app list shows it')
    .option('--file <path>', 'where to put it, instead of NAME.VERSION.wave')
    .option('--extract [folder]', 'its files instead, in an empty or new folder')
    .action((appId: string, options: Options) => run(cli, appId, options))
}

export async function download(cli: Cli, appId: string, { extract, file }: Options): Promise<void> {
  const store = await cli.store()
  const app = await store.client.getApp({ params: { appId } })
  const name = `${app.name}.${app.version}`
  const path = resolve(cli.cwd(), (extract === undefined ? file : extract === true ? name : extract) ?? `${name}.wave`)
  await (extract === undefined ? save(cli, store, app, path) : unpack(cli, store, app, path))
  const data = { file: relative(cli.cwd(), path) || path }
  await cli.out.object([['File', (made) => made.file]], data)
}

async function save(cli: Cli, store: Store, app: AppDetails, path: string): Promise<void> {
  const draft = draftOf(path)
  try {
    await downloadBundle(cli, store, app, draft)
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

async function unpack(cli: Cli, store: Store, app: AppDetails, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  if ((await readdir(directory)).length > 0)
    throw new Failure(`${directory} is not empty; nothing was written.`, { next: 'Name another one: --extract FOLDER' })
  await using temporary = await temporaryDirectory()
  const path = join(temporary.path, 'bundle.wave')
  await downloadBundle(cli, store, app, path)
  requireAccepted(cli, await inspectBundle(path, { signal: cli.interrupted }))
  await extractBundle(path, directory)
}
