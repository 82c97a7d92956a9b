import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BlobStore, ByteRange } from '@wave-store/storage'

/** Answers with a stored blob, or a part of it. A reader who leaves before its end is no failure of the store. */
export async function sendBlob(blobs: BlobStore, sha256: string, response: Writable, range?: ByteRange): Promise<void> {
  try {
    await pipeline(await blobs.read(sha256, range), response)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
