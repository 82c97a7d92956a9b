import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { type AppDetails, operations, type Visibility } from '@wave-store/contract'
import type { Cli } from '../cli.ts'
import type { Store } from '../store/store.ts'
import { Progress } from './progress.ts'

/** Sends a bundle, and makes the new app visible as asked. Memory stays flat. */
export async function upload(
  cli: Cli,
  store: Store,
  { path, visibility }: { path: string; visibility?: Visibility | undefined },
): Promise<AppDetails> {
  // A token that is about to end would be found out at the end of a long upload.
  await store.client.getSession()
  const app = await send(cli, store, path)
  if (visibility === undefined || visibility === app.visibility) return app
  return store.client.updateApp({ params: { appId: app.id }, body: { visibility } })
}

async function send(cli: Cli, store: Store, path: string): Promise<AppDetails> {
  const { size } = await stat(path)
  using progress = new Progress(cli, 'Uploading', size)
  const response = await store.send(operations.importApp, {
    body: Readable.toWeb(Readable.from(counted(createReadStream(path), progress))) as ReadableStream<Uint8Array>,
    headers: { 'content-type': 'application/zip', 'content-length': String(size) },
  })
  return operations.importApp.result.parse(await response.json())
}

async function* counted(bytes: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    progress.add(chunk.length)
    yield chunk
  }
}
