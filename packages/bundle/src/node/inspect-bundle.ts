import type { ArchiveReader } from '../archive/archive-reader.ts'
import { checkEntries } from '../archive/check-entries.ts'
import { checkSymlinks } from '../archive/check-symlinks.ts'
import { describeContents } from '../archive/describe-contents.ts'
import type { ArchiveEntry } from '../archive/entry.ts'
import { type BundleLimits, defaultBundleLimits } from '../archive/limits.ts'
import { makeEmptyReport, makeReport } from '../archive/make-report.ts'
import type { BundleReport } from '../archive/report.ts'
import { defaultManifestRules, type ManifestRules } from '../manifest/rules.ts'
import { addProblems } from '../problem.ts'
import { BundleFile } from './bundle-file.ts'
import { type NodeEntry, type OpenArchive, openArchive } from './open-archive.ts'
import { readContent } from './read-content.ts'
import { EntryVerifier } from './verify-entries.ts'

export interface InspectOptions {
  limits?: Partial<BundleLimits>
  rules?: Partial<ManifestRules>
  signal?: AbortSignal
}

export interface InspectedBundle extends BundleReport {
  /** Size of the file itself. */
  archiveBytes: number
}

/**
 * Checks a bundle of any size in flat memory: every entry is read once, and nothing in it is believed before.
 *
 * A bad bundle is a report with errors, never an exception; what is thrown is the file system's, or the signal's reason.
 */
export async function inspectBundle(path: string, options: InspectOptions = {}): Promise<InspectedBundle> {
  const limits = { ...defaultBundleLimits, ...options.limits }
  const rules = { ...defaultManifestRules, ...options.rules }
  await using file = await BundleFile.open(path)
  const archive = await openArchive(file, limits)
  if (Array.isArray(archive)) return { ...makeEmptyReport(archive), archiveBytes: file.sizeBytes }

  const problems = checkEntries(archive.entries, file.sizeBytes, limits)
  const verifier = new EntryVerifier(archive, { limits, ...(options.signal && { signal: options.signal }) })
  // Reading what is too much anyway would only cost time.
  if (!problems.some(({ code, place }) => code === 'too_large' && place.entry === undefined)) await verifier.run()
  addProblems(problems, verifier.problems)
  const reader = new VerifiedReader(archive, verifier.verified)
  addProblems(problems, await checkSymlinks(reader))
  const contents = await describeContents(reader, { limits, rules }, problems)
  return { ...makeReport(archive.entries, contents, problems), archiveBytes: file.sizeBytes }
}

/** Reads the entries that were found to be what the archive says. */
class VerifiedReader implements ArchiveReader {
  readonly entries: readonly ArchiveEntry[]
  private readonly archive: OpenArchive
  private readonly dataOffsets: ReadonlyMap<ArchiveEntry, number>

  constructor(archive: OpenArchive, dataOffsets: ReadonlyMap<NodeEntry, number>) {
    this.archive = archive
    this.entries = archive.entries
    this.dataOffsets = dataOffsets as ReadonlyMap<ArchiveEntry, number>
  }

  async read(entry: ArchiveEntry, maxBytes: number): Promise<Uint8Array | undefined> {
    const dataOffset = this.dataOffsets.get(entry)
    return dataOffset === undefined
      ? undefined
      : readContent(this.archive, entry as NodeEntry, { dataOffset, maxBytes })
  }
}
