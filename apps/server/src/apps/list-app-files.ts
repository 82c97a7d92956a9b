import { listEntries } from '@wave-store/bundle/node'
import type { AppFile } from '@wave-store/contract'
import type { Reader } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { findApp } from './find-app.ts'
import { can } from './policy.ts'

/** What is in the bundle, by path: for people with full access, as all that the developer wrote for the store. */
export async function listAppFiles(
  context: Pick<AppContext, 'apps' | 'blobs'>,
  reader: Reader,
  appId: string,
): Promise<AppFile[]> {
  const app = await findApp(context, reader, appId)
  if (!can.seeTags(reader)) return []
  const entries = await listEntries(await context.blobs.localPath(app.bundleSha256))
  return entries
    .flatMap(({ path, kind, sizeBytes, crc32 }) =>
      kind === 'file' || kind === 'symlink' ? [{ path, kind, sizeBytes, crc32 }] : [],
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
