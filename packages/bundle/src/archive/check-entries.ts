import { type Problem, problemError, problemWarning } from '../problem.ts'
import { type ArchiveEntry, isEncrypted, isReadable, storeMethod } from './entry.ts'
import type { BundleLimits } from './limits.ts'
import type { DirectoryLocation } from './locate-directory.ts'

/** Parts of a path; deeper trees are no code, and would only cost time. */
const maxDepth = 100

const methodNames: Record<number, string> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
}

/** What the list of entries alone shows to be wrong, before any of them is read. */
export function checkEntries(entries: readonly ArchiveEntry[], archiveBytes: number, limits: BundleLimits): Problem[] {
  return [
    ...checkEncryption(entries),
    ...entries.flatMap((entry) => [...checkPath(entry), ...checkEntry(entry, limits)]),
    ...checkTotals(entries, archiveBytes, limits),
    ...checkNames(entries),
  ]
}

/** Without absurd names, the longest list of entries that the limits allow is shorter. */
const maxDirectoryBytes = 64 * 1024 ** 2

/** What is checked before the list of entries is read at all. */
export function checkDirectory(directory: DirectoryLocation, limits: BundleLimits): Problem[] {
  const count = directory.entryCount
  if (count <= limits.maxEntries && directory.sizeBytes <= maxDirectoryBytes) return []
  if (count <= limits.maxEntries) {
    return [problemError('too_large', 'The list of entries is far too long for their number; pack the app again.')]
  }
  const message = `The archive has ${count} entries; at most ${limits.maxEntries} are accepted. Leave out what the app does not need.`
  return [problemError('too_many_entries', message)]
}

function checkEncryption(entries: readonly ArchiveEntry[]): Problem[] {
  const encrypted = entries.filter(isEncrypted)
  const first = encrypted[0]
  if (!first) return []
  const others = encrypted.length > 1 ? ` (and ${encrypted.length - 1} more)` : ''
  const message = `${first.name}${others} is encrypted; pack the app without a password.`
  return [problemError('encrypted', message, { entry: first.name })]
}

function checkPath(entry: ArchiveEntry): Problem[] {
  const { name } = entry
  const at = { entry: name.slice(0, 500) }
  const say = (code: Problem['code'], what: string) => [problemError(code, `${shown(name)} ${what}`, at)]
  if (name === '' || name.includes('\0')) return say('path_bad', 'is not a path: it is empty or contains NUL.')
  if (name.includes('\\')) return say('path_backslash', 'contains a backslash; paths in a bundle have slashes.')
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) {
    return say('path_absolute', 'is an absolute path; paths in a bundle are relative to its root.')
  }
  const segments = name.split('/')
  if (segments.includes('..')) return say('path_traversal', 'leads out of its directory by ".."; remove the entry.')
  const bytes = new TextEncoder()
  const isTooLong = bytes.encode(name).length > 4096 || segments.length > maxDepth
  if (isTooLong || segments.some((segment) => bytes.encode(segment).length > 255)) {
    return say('path_too_long', `is too long: at most 4096 bytes and ${maxDepth} parts, each of them 255 bytes.`)
  }
  return []
}

function checkEntry(entry: ArchiveEntry, limits: BundleLimits): Problem[] {
  const at = { entry: entry.name }
  const problems: Problem[] = []
  if (entry.kind === 'special') {
    problems.push(problemError('special_file', `${shown(entry.name)} is a device, pipe or socket; remove it.`, at))
  }
  if (!isReadable(entry) && !isEncrypted(entry)) {
    const method = methodNames[entry.method] ?? `method ${entry.method}`
    const message = `${shown(entry.name)} is compressed with ${method}; pack the app with Deflate or without compression.`
    problems.push(problemError('unsupported_compression', message, at))
  }
  if (hasImpossibleSize(entry)) {
    problems.push(problemError('size_lies', `The size that is stated for ${shown(entry.name)} is wrong.`, at))
  }
  if (isBomb(entry.sizeBytes, entry.compressedBytes, limits)) {
    const message = `${shown(entry.name)} unpacks to more than ${limits.maxRatio} times its packed size, as a compression bomb does.`
    problems.push(problemError('ratio_too_high', message, at))
  }
  return problems
}

/** Whether the sizes alone show that they are wrong. */
export function hasImpossibleSize(entry: ArchiveEntry): boolean {
  const isStoredWrong = entry.method === storeMethod && !isEncrypted(entry) && entry.compressedBytes !== entry.sizeBytes
  return isStoredWrong || (entry.kind === 'directory' && entry.sizeBytes > 0)
}

export function isBomb(sizeBytes: number, packedBytes: number, limits: BundleLimits): boolean {
  return sizeBytes > limits.ratioFromBytes && sizeBytes > packedBytes * limits.maxRatio
}

function checkTotals(entries: readonly ArchiveEntry[], archiveBytes: number, limits: BundleLimits): Problem[] {
  const unpackedBytes = unpackedSize(entries)
  const problems: Problem[] = []
  if (unpackedBytes > limits.maxUnpackedBytes) {
    const message = `The archive unpacks to ${unpackedBytes} bytes; at most ${limits.maxUnpackedBytes} are accepted.`
    problems.push(problemError('too_large', message))
  }
  if (isBomb(unpackedBytes, archiveBytes, limits)) {
    const message = `The archive unpacks to more than ${limits.maxRatio} times its size, as a compression bomb does.`
    problems.push(problemError('ratio_too_high', message))
  }
  return problems
}

export function unpackedSize(entries: readonly ArchiveEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.sizeBytes, 0)
}

/** Entries that would end up in one another's place. */
function checkNames(entries: readonly ArchiveEntry[]): Problem[] {
  const byPath = new Map<string, ArchiveEntry>()
  const byFolded = new Map<string, ArchiveEntry>()
  const problems: Problem[] = []
  for (const entry of entries) {
    if (entry.path === '') continue
    const at = { entry: entry.name }
    const twin = byPath.get(entry.path)
    // Some tools list a directory twice; nothing depends on which one counts.
    if (twin && !(twin.kind === 'directory' && entry.kind === 'directory')) {
      const message = `The archive holds ${shown(entry.path)} twice; which one counts would depend on the tool. Remove one.`
      problems.push(problemError('duplicate_entry', message, at))
    }
    const folded = entry.path.normalize('NFC').toLowerCase()
    const near = byFolded.get(folded)
    if (near && near.path !== entry.path) {
      const message = `${shown(entry.path)} and ${shown(near.path)} differ in case or accents only; on some systems one hides the other.`
      problems.push(problemWarning('case_collision', message, at))
    }
    if (!twin) byPath.set(entry.path, entry)
    if (!near) byFolded.set(folded, entry)
  }
  return [...problems, ...checkParents(byPath)]
}

function checkParents(byPath: Map<string, ArchiveEntry>): Problem[] {
  const problems: Problem[] = []
  for (const entry of byPath.values()) {
    const parent = parentsOf(entry.path).find((path) => (byPath.get(path)?.kind ?? 'directory') !== 'directory')
    if (parent === undefined) continue
    const message = `${shown(entry.path)} cannot stand below ${shown(parent)}, which is not a directory.`
    problems.push(problemError('path_conflict', message, { entry: entry.name }))
  }
  return problems
}

/** The directories that the path lies in, outermost first. */
export function parentsOf(path: string): string[] {
  const parents: string[] = []
  for (let at = path.indexOf('/'); at >= 0 && parents.length < maxDepth; at = path.indexOf('/', at + 1)) {
    parents.push(path.slice(0, at))
  }
  return parents
}

/** A path as a message shows it: what cannot be seen is escaped. */
export function shown(path: string): string {
  const short = path.length > 120 ? `${path.slice(0, 120)}…` : path
  return short === '' || /[\p{C}\s"]/u.test(short) ? JSON.stringify(short) : short
}
