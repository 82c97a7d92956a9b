import zlib from 'node:zlib'
import type { ContentProblemCode } from '../archive/content-problem.ts'
import { deflateMethod } from '../archive/entry.ts'
import type { NodeEntry, OpenArchive } from './open-archive.ts'

/** Content that is not what the archive says it is. */
export class ContentError extends Error {
  readonly code: ContentProblemCode
  readonly entry: NodeEntry
  constructor(code: ContentProblemCode, entry: NodeEntry) {
    super(`${entry.name}: ${code}`)
    this.name = 'ContentError'
    this.code = code
    this.entry = entry
  }
}

/** Below this an entry is unpacked in one piece. */
const smallBytes = 128 * 1024
const pieceBytes = 64 * 1024

/**
 * The unpacked content in pieces, each valid until the next one is asked for. Never more than the stated size comes
 * out; after the last piece, size and checksum have been compared.
 *
 * @param dataOffset where the packed content starts in the file.
 * @throws {ContentError} where the content is not what was stated.
 */
export async function* entryContent(
  archive: OpenArchive,
  entry: NodeEntry,
  dataOffset: number,
): AsyncGenerator<Buffer> {
  let length = 0
  let crc = 0
  const isSmall = entry.compressedBytes <= smallBytes && entry.sizeBytes <= smallBytes
  for await (const chunk of isSmall ? inOnePiece(archive, entry, dataOffset) : inPieces(archive, entry, dataOffset)) {
    length += chunk.length
    if (length > entry.sizeBytes) throw new ContentError('size_lies', entry)
    crc = zlib.crc32(chunk, crc)
    yield chunk
  }
  if (length !== entry.sizeBytes) throw new ContentError('size_lies', entry)
  if (crc !== entry.crc32) throw new ContentError('crc_mismatch', entry)
}

async function* inOnePiece(archive: OpenArchive, entry: NodeEntry, dataOffset: number): AsyncGenerator<Buffer> {
  const packed = await archive.file.read(dataOffset, entry.compressedBytes)
  if (packed.length !== entry.compressedBytes) throw new ContentError('damaged', entry)
  if (entry.method !== deflateMethod) {
    yield packed
    return
  }
  const content = await archive.inflater.inflate(packed, entry.sizeBytes)
  if (typeof content === 'string') throw new ContentError(content, entry)
  yield content
}

async function* inPieces(archive: OpenArchive, entry: NodeEntry, dataOffset: number): AsyncGenerator<Buffer> {
  const packed = archive.file.chunks(dataOffset, dataOffset + entry.compressedBytes)
  if (entry.method !== deflateMethod) {
    yield* packed
    return
  }
  const inflate = zlib.createInflateRaw({ chunkSize: pieceBytes })
  const feeding = feed(inflate, packed)
  try {
    yield* inflate as AsyncIterable<Buffer>
    await feeding
    if (inflate.bytesWritten !== entry.compressedBytes) throw new ContentError('size_lies', entry)
  } catch (error) {
    if (error instanceof ContentError || !isInflateError(error)) throw error
    throw new ContentError('damaged', entry)
  } finally {
    inflate.destroy()
    await feeding
  }
}

/** One piece at a time: a piece is only valid until the next one is read. Ends quietly where the stream was ended. */
async function feed(inflate: zlib.InflateRaw, packed: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const piece of packed) {
      if (inflate.destroyed) return
      await new Promise<void>((resolve) => inflate.write(piece, () => resolve()))
    }
    inflate.end()
  } catch (error) {
    inflate.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

function isInflateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}
