import { capProblems, hasErrors, type Problem } from '../problem.ts'
import { unpackedSize } from './check-entries.ts'
import type { Contents } from './describe-contents.ts'
import type { ArchiveEntry } from './entry.ts'
import type { BundleReport } from './report.ts'

/** The report on an archive whose entries could be listed. */
export function makeReport(entries: readonly ArchiveEntry[], contents: Contents, problems: Problem[]): BundleReport {
  const files = entries.filter((entry) => entry.kind !== 'directory')
  return {
    ...contents,
    problems: capProblems(problems),
    entries: files.map((entry) => ({ path: entry.path || entry.name, sizeBytes: entry.sizeBytes })),
    unpackedBytes: unpackedSize(entries),
    accepted: !hasErrors(problems),
  }
}

/** The report on a file whose entries cannot be listed. */
export function makeEmptyReport(problems: Problem[]): BundleReport {
  return {
    problems,
    entries: [],
    screenshots: [],
    osPackages: [],
    unpackedBytes: 0,
    accepted: !hasErrors(problems),
  }
}
