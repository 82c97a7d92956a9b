import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { ContentProblemCode } from '../archive/content-problem.ts'
import { deflateMethod } from '../archive/entry.ts'
import type { BundleFile } from './bundle-file.ts'
import type { NodeEntry } from './open-archive.ts'

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

/** Below this an entry is unpacked in one piece, which is several times faster than by streams. */
const smallBytes = 512 * 1024

type InflateResult = { buffer: Buffer; engine: { bytesWritten: number } }
const inflateRaw = promisify(zlib.inflateRaw) as unknown as (
  bytes: Buffer,
  options: zlib.ZlibOptions,
) => Promise<InflateResult>

/**
 * The unpacked content in pieces. Never more than the stated size comes out; after the last piece, size and checksum
 * have been compared.
 *
 * @param dataOffset where the packed content starts in the file.
 * @throws {ContentError} where the content is not what was stated.
 */
export async function* entryContent(file: BundleFile, entry: NodeEntry, dataOffset: number): AsyncGenerator<Buffer> {
  let length = 0
  let crc = 0
  const isSmall = entry.compressedBytes <= smallBytes && entry.sizeBytes <= smallBytes
  for await (const chunk of isSmall ? inOnePiece(file, entry, dataOffset) : inPieces(file, entry, dataOffset)) {
    length += chunk.length
    if (length > entry.sizeBytes) throw new ContentError('size_lies', entry)
    crc = zlib.crc32(chunk, crc)
    yield chunk
  }
  if (length !== entry.sizeBytes) throw new ContentError('size_lies', entry)
  if (crc !== entry.crc32) throw new ContentError('crc_mismatch', entry)
}

async function* inOnePiece(file: BundleFile, entry: NodeEntry, dataOffset: number): AsyncGenerator<Buffer> {
  const packed = await file.read(dataOffset, entry.compressedBytes)
  if (packed.length !== entry.compressedBytes) throw new ContentError('damaged', entry)
  if (entry.method !== deflateMethod) {
    yield packed
    return
  }
  const options = { info: true, maxOutputLength: entry.sizeBytes + 1 }
  const { buffer, engine } = await inflateRaw(packed, options).catch((error: unknown) => {
    throw new ContentError(inflateFault(error), entry)
  })
  if (engine.bytesWritten !== entry.compressedBytes) throw new ContentError('size_lies', entry)
  yield buffer
}

async function* inPieces(file: BundleFile, entry: NodeEntry, dataOffset: number): AsyncGenerator<Buffer> {
  const packed = file.chunks(dataOffset, dataOffset + entry.compressedBytes)
  if (entry.method !== deflateMethod) {
    yield* packed
    return
  }
  const source = Readable.from(packed, { objectMode: false })
  const inflate = zlib.createInflateRaw({ chunkSize: 256 * 1024 })
  source.on('error', (error) => inflate.destroy(error))
  source.pipe(inflate)
  try {
    yield* inflate as AsyncIterable<Buffer>
    if (inflate.bytesWritten !== entry.compressedBytes) throw new ContentError('size_lies', entry)
  } catch (error) {
    if (error instanceof ContentError || !isInflateError(error)) throw error
    throw new ContentError(inflateFault(error), entry)
  } finally {
    source.destroy()
    inflate.destroy()
  }
}

function isInflateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

function inflateFault(error: unknown): ContentProblemCode {
  const isTooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
  return isTooLong ? 'size_lies' : 'damaged'
}
