import { decodeEntryName } from './entry-name.ts'

/** One record of an archive's central directory, as it stands there. */
export interface CentralRecord {
  rawName: Uint8Array
  extra: Uint8Array
  flags: number
  method: number
  crc32: number
  compressedBytes: number
  sizeBytes: number
  versionMadeBy: number
  externalAttributes: number
  /** Offset of the local header in the file. */
  headerOffset: number
}

export interface ArchiveEntry extends CentralRecord {
  /** As written in the archive. */
  name: string
  /** Relative to the root, without `.` and empty parts; empty for the root itself. */
  path: string
  kind: 'file' | 'directory' | 'symlink' | 'special'
}

const typeMask = 0o170000
const symlinkType = 0o120000
const directoryType = 0o040000
const regularType = 0o100000
/** Systems whose tools write Unix modes: Unix and macOS. */
const unixHosts = [3, 19]

export function toArchiveEntry(record: CentralRecord): ArchiveEntry {
  const name = decodeEntryName(record.rawName, record.flags, record.extra)
  const path = name
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/')
  return { ...record, name, path, kind: kindOf(record, name) }
}

function kindOf(record: CentralRecord, name: string): ArchiveEntry['kind'] {
  const isUnix = unixHosts.includes(record.versionMadeBy >> 8)
  const type = isUnix ? (record.externalAttributes >>> 16) & typeMask : 0
  if (type === symlinkType) return 'symlink'
  if (name.endsWith('/') || type === directoryType) return 'directory'
  return type === 0 || type === regularType ? 'file' : 'special'
}

export function isEncrypted(entry: CentralRecord): boolean {
  const encrypted = 0x1
  const strong = 0x40
  const maskedHeaders = 0x2000
  const aesMethod = 99
  return (entry.flags & (encrypted | strong | maskedHeaders)) !== 0 || entry.method === aesMethod
}

export const storeMethod = 0
export const deflateMethod = 8

export function isReadable(entry: CentralRecord): boolean {
  return !isEncrypted(entry) && (entry.method === storeMethod || entry.method === deflateMethod)
}
