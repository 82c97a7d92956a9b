import type yauzl from 'yauzl'
import { hasImpossibleSize, isBomb, shown } from '../archive/check-entries.ts'
import { contentProblem } from '../archive/content-problem.ts'
import { isReadable } from '../archive/entry.ts'
import type { BundleLimits } from '../archive/limits.ts'
import { damaged } from '../archive/locate-directory.ts'
import { resolveZip64 } from '../archive/zip64.ts'
import { type Problem, problemError } from '../problem.ts'
import { ContentError, entryContent } from './entry-content.ts'
import type { NodeEntry, OpenArchive } from './open-archive.ts'

export interface VerifyOptions {
  limits: BundleLimits
  signal?: AbortSignal
}

const sizesFollowFlag = 0x8

/** Flags that have to be the same in both places: encryption, and what the letters of the name mean. */
function meaningfulFlags(entry: NodeEntry): number {
  const encryption = 0x2041
  const utf8 = 0x800
  return entry.rawName.every((byte) => byte < 128) ? encryption : encryption | utf8
}

/** Reads every entry once, in the order of the file, and compares it with what the list of entries says about it. */
export class EntryVerifier {
  /** Entries whose content is what the list says, with the offset at which it starts. */
  readonly verified = new Map<NodeEntry, number>()
  readonly problems: Problem[] = []
  private readonly archive: OpenArchive
  private readonly options: VerifyOptions

  constructor(archive: OpenArchive, options: VerifyOptions) {
    this.archive = archive
    this.options = options
  }

  async run(): Promise<void> {
    const entries = this.archive.entries.toSorted((a, b) => a.headerOffset - b.headerOffset)
    let end = 0
    for (const entry of entries) {
      this.options.signal?.throwIfAborted()
      const header = await this.readHeader(entry)
      if (!header) continue
      if (entry.headerOffset < end || header.fileDataStart + entry.compressedBytes > this.archive.directory.offset) {
        const message = `${shown(entry.name)} shares bytes with another part of the archive; pack the app again.`
        this.problems.push(problemError('overlapping_entries', message, { entry: entry.name }))
        continue
      }
      end = header.fileDataStart + entry.compressedBytes
      if (this.checkHeader(entry, header)) await this.checkContent(entry, header.fileDataStart)
    }
    const first = entries[0]
    if (first && first.headerOffset > 0) {
      const message = 'Bytes that are not part of the archive stand before its first entry; pack the app again.'
      this.problems.push(problemError('stray_bytes', message))
    }
  }

  private async readHeader(entry: NodeEntry): Promise<yauzl.LocalFileHeader | undefined> {
    try {
      return await this.archive.zip.readLocalFileHeaderPromise(entry.source)
    } catch {
      this.problems.push({
        ...damaged(`${shown(entry.name)} is not where it is said to be`),
        place: { entry: entry.name },
      })
      return undefined
    }
  }

  private checkHeader(entry: NodeEntry, header: yauzl.LocalFileHeader): boolean {
    const at = { entry: entry.name }
    if (!header.fileName.equals(entry.rawName)) {
      const other = shown(header.fileName.toString('utf8'))
      const message = `${shown(entry.name)} has another name (${other}) at its content; which one counts would depend on the tool.`
      this.problems.push(problemError('name_mismatch', message, at))
      return false
    }
    const stated = { sizeBytes: header.uncompressedSize, compressedBytes: header.compressedSize }
    const local = resolveZip64(stated, header.extraField)
    const follows = (header.generalPurposeBitFlag & sizesFollowFlag) !== 0
    const isTrue =
      header.compressionMethod === entry.method &&
      ((header.generalPurposeBitFlag ^ entry.flags) & meaningfulFlags(entry)) === 0 &&
      (follows ||
        (local.compressedBytes === entry.compressedBytes &&
          local.sizeBytes === entry.sizeBytes &&
          header.crc32 === entry.crc32))
    if (!isTrue) {
      const message = `Two places of the archive say different things about ${shown(entry.name)}; pack the app again.`
      this.problems.push(problemError('size_lies', message, at))
    }
    return isTrue
  }

  private async checkContent(entry: NodeEntry, dataOffset: number): Promise<void> {
    const { limits, signal } = this.options
    // Each of these has its problem already.
    if (!isReadable(entry) || hasImpossibleSize(entry) || isBomb(entry.sizeBytes, entry.compressedBytes, limits)) return
    try {
      for await (const _ of entryContent(this.archive, entry, dataOffset)) signal?.throwIfAborted()
      this.verified.set(entry, dataOffset)
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      this.problems.push(contentProblem(error.code, entry))
    }
  }
}
