import { entryContent } from './entry-content.ts'
import type { NodeEntry, OpenArchive } from './open-archive.ts'

/**
 * The content from its beginning, at most `maxBytes` of it. Only what is read whole is compared with its checksum.
 *
 * @throws {ContentError} where the content is not what the archive says.
 */
export async function readContent(
  archive: OpenArchive,
  entry: NodeEntry,
  { dataOffset, maxBytes }: { dataOffset: number; maxBytes: number },
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of entryContent(archive, entry, dataOffset)) {
    // A stored piece is only valid until the next one.
    chunks.push(Buffer.from(chunk))
    length += chunk.length
    if (length >= maxBytes && length < entry.sizeBytes) break
  }
  return Buffer.concat(chunks).subarray(0, maxBytes)
}
