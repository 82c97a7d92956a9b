import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type AppDetails, operations } from '@wave-store/contract'
import { Progress } from '../../bundle/progress.ts'
import type { Cli } from '../../cli.ts'
import { Failure } from '../../failure.ts'
import type { Store } from '../../store/store.ts'

/** Writes the bundle of an app to a file. @throws {Failure} when what came is not what was imported */
export async function downloadBundle(
  cli: Cli,
  store: Store,
  { id, bundle }: AppDetails,
  target: string,
): Promise<void> {
  const response = await store.send(operations.downloadBundle, { params: { appId: id } })
  using progress = new Progress(cli, 'Downloading', bundle.sizeBytes)
  const hash = createHash('sha256')
  await pipeline(
    Readable.from(response.body ?? []),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        progress.add(chunk.length)
        yield chunk
      }
    },
    createWriteStream(target),
    { signal: cli.interrupted },
  )
  if (hash.digest('hex') !== bundle.sha256)
    throw new Failure('What came is not what was imported: the download broke off.', { next: 'Try again.' })
}
