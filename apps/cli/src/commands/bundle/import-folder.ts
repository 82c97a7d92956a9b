import { join, resolve } from 'node:path'
import type { AppDetails, Visibility } from '@wave-store/contract'
import { generatedVersion } from '../../bundle/generated-version.ts'
import { pack, temporaryDirectory } from '../../bundle/pack.ts'
import { upload } from '../../bundle/upload.ts'
import type { Cli } from '../../cli.ts'
import type { Store } from '../../store/store.ts'

export interface ImportOptions {
  folder?: string | undefined
  visibility?: Visibility | undefined
  /** Whether the version gets the time as its suffix. */
  generateVersion: boolean
}

/** Packs a folder and imports it; nothing of it is left on this machine. */
export async function importFolder(cli: Cli, store: Store, options: ImportOptions): Promise<AppDetails> {
  const { folder = '.', generateVersion, visibility } = options
  await using temporary = await temporaryDirectory()
  const { path } = await pack(cli, {
    directory: resolve(cli.cwd(), folder),
    target: join(temporary.path, 'bundle.wave'),
    ...(generateVersion && { version: (own: string) => generatedVersion(own, new Date()) }),
  })
  return await upload(cli, store, { path, visibility })
}
