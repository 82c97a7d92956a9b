import { decodeText } from '../decode-text.ts'
import { manifestEntry } from '../manifest/document.ts'
import { type ManifestReading, readManifest } from '../manifest/read-manifest.ts'
import type { ManifestRules } from '../manifest/rules.ts'
import { addProblems, type Problem, problemError, problemWarning } from '../problem.ts'
import { checkRequirements, requirementsEntry } from '../requirements/check-requirements.ts'
import { decodeRequirements } from '../requirements/decode-requirements.ts'
import { osPackagesEntry, readOsPackages } from '../requirements/read-os-packages.ts'
import type { ArchiveReader } from './archive-reader.ts'
import { checkModule } from './check-module.ts'
import { checkCredentials } from './credentials.ts'
import { findImages } from './find-images.ts'
import { findManifest } from './find-manifest.ts'
import type { BundleLimits } from './limits.ts'
import type { BundleReport } from './report.ts'

export type Contents = Omit<BundleReport, 'problems' | 'entries' | 'unpackedBytes' | 'accepted'>

export interface DescribeOptions {
  limits: BundleLimits
  rules: ManifestRules
}

/** What the files say that mean something to the platform; what is wrong with them goes to `problems`. */
export async function describeContents(
  archive: ArchiveReader,
  options: DescribeOptions,
  problems: Problem[],
): Promise<Contents> {
  const manifest = await describeManifest(archive, options, problems)
  const images = await findImages(archive, options.limits, problems)
  const requirements = await readTextFile(archive, requirementsEntry, options, problems, decodeRequirements)
  if (requirements !== undefined) addProblems(problems, checkRequirements(requirements, archive.entries))
  const osPackages = await readTextFile(archive, osPackagesEntry, options, problems)
  const longDescription = await describeLongDescription(archive, manifest, options, problems)
  addProblems(problems, checkCredentials(archive.entries))
  return {
    ...(manifest?.reading.manifest && { manifest: manifest.reading.manifest }),
    ...(manifest?.text !== undefined && { manifestText: manifest.text }),
    ...images,
    ...(longDescription !== undefined && { longDescriptionMarkdown: longDescription }),
    ...(requirements !== undefined && { requirements }),
    osPackages: readOsPackages(osPackages ?? '', problems),
  }
}

interface DescribedManifest {
  text?: string
  reading: ManifestReading
}

async function describeManifest(
  archive: ArchiveReader,
  { limits, rules }: DescribeOptions,
  problems: Problem[],
): Promise<DescribedManifest | undefined> {
  const entry = findManifest(archive.entries)
  if ('severity' in entry) {
    problems.push(entry)
    return undefined
  }
  if (entry.sizeBytes > limits.maxManifestBytes) {
    const message = `app.toml has ${entry.sizeBytes} bytes; at most ${limits.maxManifestBytes} are read.`
    problems.push(problemError('too_large', message, { entry: manifestEntry }))
    return undefined
  }
  const bytes = await archive.read(entry, limits.maxManifestBytes)
  if (!bytes) return undefined
  const reading = readManifest(bytes, rules)
  addProblems(problems, reading.problems)
  if (reading.manifest) {
    addProblems(problems, checkModule(reading.manifest, archive.entries, reading.placeOf('Runtime', 'Module')))
  }
  const text = decodeText(bytes)
  return { ...(text !== undefined && { text }), reading }
}

async function describeLongDescription(
  archive: ArchiveReader,
  manifest: DescribedManifest | undefined,
  options: DescribeOptions,
  problems: Problem[],
): Promise<string | undefined> {
  const path = manifest?.reading.manifest?.app.longDescription
  if (manifest === undefined || path === undefined) return undefined
  if (archive.entries.some((entry) => entry.path === path && entry.kind === 'file')) {
    return readTextFile(archive, path, options, problems)
  }
  const message = `LongDescription names ${path}, which the bundle does not hold; add the file or correct the path.`
  problems.push(problemWarning('file_missing', message, manifest.reading.placeOf('App', 'LongDescription')))
  return undefined
}

async function readTextFile(
  archive: ArchiveReader,
  path: string,
  { limits }: DescribeOptions,
  problems: Problem[],
  decode = decodeText,
): Promise<string | undefined> {
  const entry = archive.entries.find((candidate) => candidate.path === path && candidate.kind === 'file')
  if (!entry) return undefined
  if (entry.sizeBytes > limits.maxTextBytes) {
    const message = `${path} has ${entry.sizeBytes} bytes and is not looked at; at most ${limits.maxTextBytes} are.`
    problems.push(problemWarning('too_large', message, { entry: path }))
    return undefined
  }
  const bytes = await archive.read(entry, limits.maxTextBytes)
  const text = bytes && decode(bytes)
  if (bytes && text === undefined) {
    const message = `${path} is not UTF-8 text and is not looked at; save it with the encoding UTF-8.`
    problems.push(problemWarning('not_utf8', message, { entry: path }))
  }
  return text
}
