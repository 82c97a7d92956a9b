import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { ArchiveEntry } from '../archive/entry.ts'
import { defaultBundleLimits } from '../archive/limits.ts'
import { BundleFile } from './bundle-file.ts'
import { entryContent } from './entry-content.ts'
import { type NodeEntry, type OpenArchive, openArchive } from './open-archive.ts'
import { readContent } from './read-content.ts'

/** Something that was asked of a bundle that was not inspected, or was changed since. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
}

const anyNumber = { ...defaultBundleLimits, maxEntries: Number.MAX_SAFE_INTEGER }
const defaultMaxBytes = 16 * 1024 ** 2

/**
 * One file of a bundle that was inspected before.
 *
 * @param path of the bundle.
 * @param entryPath as the report names it.
 * @throws {BundleError} when there is no such file, or it is larger than `maxBytes`.
 * @throws {ContentError} when its content is damaged.
 */
export async function readEntry(path: string, entryPath: string, maxBytes = defaultMaxBytes): Promise<Buffer> {
  return withEntry(path, entryPath, async (archive, entry) => {
    if (entry.sizeBytes > maxBytes) throw new BundleError(`${entryPath} has ${entry.sizeBytes} bytes, not ${maxBytes}`)
    const { fileDataStart } = await archive.zip.readLocalFileHeaderPromise(entry.source, { minimal: true })
    return readContent(archive, entry, { dataOffset: fileDataStart, maxBytes })
  })
}

/**
 * What a bundle that was inspected before consists of, in the order of the archive.
 *
 * @throws {BundleError} when it is no archive
 */
export async function listEntries(path: string): Promise<readonly ArchiveEntry[]> {
  await using file = await BundleFile.open(path)
  return (await opened(file)).entries
}

/**
 * Writes one file of a bundle that was inspected before to `target`, which must not exist. For any size.
 *
 * @throws as `readEntry`; what was written until then is left behind.
 */
export async function extractEntry(path: string, entryPath: string, target: string): Promise<void> {
  await withEntry(path, entryPath, (archive, entry) => writeEntry(archive, entry, target))
}

/** The same with an archive that is open. */
export async function writeEntry(archive: OpenArchive, entry: NodeEntry, target: string): Promise<void> {
  const { fileDataStart } = await archive.zip.readLocalFileHeaderPromise(entry.source, { minimal: true })
  const handle = await open(target, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644)
  await pipeline(copies(entryContent(archive, entry, fileDataStart)), handle.createWriteStream())
}

/** A stream holds on to pieces after it asked for the next one. */
async function* copies(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece)
}

async function withEntry<T>(
  path: string,
  entryPath: string,
  use: (archive: OpenArchive, entry: NodeEntry) => Promise<T>,
): Promise<T> {
  await using file = await BundleFile.open(path)
  const archive = await opened(file)
  const entry = archive.entries.find((candidate) => candidate.path === entryPath && candidate.kind === 'file')
  if (!entry) throw new BundleError(`The bundle has no file ${entryPath}`)
  return await use(archive, entry)
}

/** @throws {BundleError} when its entries cannot be listed */
export async function opened(file: BundleFile): Promise<OpenArchive> {
  const archive = await openArchive(file, anyNumber)
  if (Array.isArray(archive)) throw new BundleError(archive[0]!.message)
  return archive
}
