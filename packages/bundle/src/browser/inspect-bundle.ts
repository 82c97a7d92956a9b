import { checkEntries } from '../archive/check-entries.ts'
import { checkSymlinks } from '../archive/check-symlinks.ts'
import { describeContents } from '../archive/describe-contents.ts'
import { type BundleLimits, defaultBundleLimits } from '../archive/limits.ts'
import { makeEmptyReport, makeReport } from '../archive/make-report.ts'
import type { BundleReport } from '../archive/report.ts'
import { defaultManifestRules, type ManifestRules } from '../manifest/rules.ts'
import { addProblems, type Problem, problemWarning } from '../problem.ts'
import { JszipReader } from './jszip-reader.ts'
import { listEntries } from './list-entries.ts'

export interface BrowserInspectOptions {
  limits?: Partial<BundleLimits>
  rules?: ManifestRules
  /** Larger files are not looked at: they would have to fit into the page's memory. */
  maxPreviewBytes?: number
}

export interface BrowserBundleReport extends BundleReport {
  /** Content of the icon, with its media type; for `URL.createObjectURL`. */
  iconBlob?: Blob
}

export const defaultMaxPreviewBytes = 200 * 1024 ** 2

/**
 * Looks at a bundle before it is sent. The rules are the server's, but only what has a meaning for the platform is
 * unpacked: damage to other entries is found by the server, whose report decides.
 */
export async function inspectBundle(file: Blob, options: BrowserInspectOptions = {}): Promise<BrowserBundleReport> {
  const limits = { ...defaultBundleLimits, ...options.limits }
  const rules = options.rules ?? defaultManifestRules
  if (file.size > (options.maxPreviewBytes ?? defaultMaxPreviewBytes)) {
    const message = 'The file is too large to look into before it is sent; the store checks it after the upload.'
    return makeEmptyReport([problemWarning('not_previewed', message)])
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const entries = listEntries(bytes, limits)
  if (isProblems(entries)) return makeEmptyReport(entries)
  const problems = checkEntries(entries, bytes.length, limits)
  const reader = await JszipReader.open(bytes, entries, problems)
  addProblems(problems, await checkSymlinks(reader))
  const contents = await describeContents(reader, { limits, rules }, problems)
  const report = makeReport(entries, contents, problems)
  const iconBlob = await readIcon(reader, report, limits)
  return { ...report, ...(iconBlob && { iconBlob }) }
}

function isProblems(list: readonly object[]): list is Problem[] {
  return list.length > 0 && 'severity' in list[0]!
}

async function readIcon(reader: JszipReader, report: BundleReport, limits: BundleLimits): Promise<Blob | undefined> {
  const entry = report.icon && reader.entries.find(({ path }) => path === report.icon?.entry)
  const bytes = entry && (await reader.read(entry, limits.maxIconBytes))
  return bytes && new Blob([new Uint8Array(bytes)], { type: report.icon!.mediaType })
}
