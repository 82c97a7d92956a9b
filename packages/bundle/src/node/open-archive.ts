import yauzl from 'yauzl'
import { checkDirectory } from '../archive/check-entries.ts'
import { type ArchiveEntry, toArchiveEntry } from '../archive/entry.ts'
import type { BundleLimits } from '../archive/limits.ts'
import { type DirectoryLocation, damaged, locateDirectory, tailBytes } from '../archive/locate-directory.ts'
import { type Problem, problemError } from '../problem.ts'
import { type BundleFile, YauzlSource } from './bundle-file.ts'
import { SmallInflater } from './small-inflater.ts'

export interface NodeEntry extends ArchiveEntry {
  /** The record as yauzl holds it. */
  source: yauzl.Entry
}

export interface OpenArchive {
  file: BundleFile
  zip: yauzl.ZipFile
  directory: DirectoryLocation
  entries: NodeEntry[]
  inflater: SmallInflater
}

/** Lists the archive's entries, or says why they cannot be listed. */
export async function openArchive(file: BundleFile, limits: BundleLimits): Promise<OpenArchive | Problem[]> {
  const head = Buffer.from(await file.read(0, 4))
  const tail = await file.read(Math.max(0, file.sizeBytes - tailBytes), tailBytes)
  const directory = locateDirectory(head, tail, file.sizeBytes)
  if ('severity' in directory) return [directory]
  const tooMany = checkDirectory(directory, limits)
  if (tooMany.length > 0) return tooMany
  try {
    // Names and sizes are checked here, where each gets a problem of its own, instead of ending the reading.
    const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false }
    const zip = await yauzl.fromRandomAccessReaderPromise(new YauzlSource(file), file.sizeBytes, options)
    const entries: NodeEntry[] = []
    for await (const source of zip.eachEntry()) entries.push(toNodeEntry(source))
    const isWhole = Number(zip.readEntryCursor) === directory.offset + directory.sizeBytes
    const inflater = new SmallInflater()
    return isWhole
      ? { file, zip, directory, entries, inflater }
      : [damaged('its list of entries does not fit its length')]
  } catch (error) {
    return [unreadable(error)]
  }
}

function toNodeEntry(source: yauzl.Entry): NodeEntry {
  const entry = toArchiveEntry({
    rawName: source.fileNameRaw,
    extra: source.extraFieldRaw,
    flags: source.generalPurposeBitFlag,
    method: source.compressionMethod,
    crc32: source.crc32,
    compressedBytes: source.compressedSize,
    sizeBytes: source.uncompressedSize,
    versionMadeBy: source.versionMadeBy,
    externalAttributes: source.externalFileAttributes,
    headerOffset: source.relativeOffsetOfLocalHeader,
  })
  return { ...entry, source }
}

function unreadable(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  // yauzl gives up on these where others are only marked.
  if (message.includes('strong encryption')) {
    return problemError('encrypted', 'The archive is encrypted; pack the app without a password.')
  }
  return damaged('its list of entries cannot be read')
}
