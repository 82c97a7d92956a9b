import { createHash, randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageError, storageError } from './blob-store.ts'

/** A complete, durable file that nobody sees yet; removed when disposed, unless a blob store took it. */
export interface StagedFile extends AsyncDisposable {
  path: string
  sha256: string
  sizeBytes: number
}

export interface StageOptions {
  /** Directory for the temporary file; on the same file system as the blob store for a cheap `put`. */
  directory: string
  maxBytes: number
}

/**
 * Streams to a temporary file with flat memory, hashing on the way.
 *
 * @throws {StorageError} `too_large` past `maxBytes`, `interrupted` when the source fails, `disk_full`; nothing is left behind.
 */
export async function stageFile(source: AsyncIterable<Uint8Array>, options: StageOptions): Promise<StagedFile> {
  const path = join(options.directory, `${randomUUID()}.part`)
  try {
    return stagedFile(path, await write(path, source, options.maxBytes))
  } catch (cause) {
    await rm(path, { force: true })
    throw storageError(cause)
  }
}

function stagedFile(path: string, facts: { sha256: string; sizeBytes: number }): StagedFile {
  return { path, ...facts, [Symbol.asyncDispose]: () => rm(path, { force: true }) }
}

async function write(path: string, source: AsyncIterable<Uint8Array>, maxBytes: number) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  await using file = await open(path, 'wx', 0o644)
  for await (const chunk of interruptible(source)) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > maxBytes) throw new StorageError('too_large', `More than the ${maxBytes} bytes that are allowed.`)
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  await file.sync()
  return { sha256: hash.digest('hex'), sizeBytes }
}

/** Tells a source that broke off from a disk that failed. */
async function* interruptible(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await iterator.next().catch((cause: unknown) => {
        throw new StorageError('interrupted', 'The upload broke off before its end.', { cause })
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}
