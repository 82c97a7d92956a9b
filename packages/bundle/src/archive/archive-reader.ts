import type { ArchiveEntry } from './entry.ts'

/** An archive whose list of entries was read, on whatever it stands. */
export interface ArchiveReader {
  readonly entries: readonly ArchiveEntry[]
  /**
   * The entry's content from its beginning, at most `maxBytes` of it; undefined where it cannot be read. Content read
   * whole has the stated size and checksum.
   */
  read(entry: ArchiveEntry, maxBytes: number): Promise<Uint8Array | undefined>
}
