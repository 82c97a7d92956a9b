import { checkDirectory } from '../archive/check-entries.ts'
import { type ArchiveEntry, type CentralRecord, toArchiveEntry } from '../archive/entry.ts'
import type { BundleLimits } from '../archive/limits.ts'
import { type DirectoryLocation, damaged, locateDirectory, tailBytes } from '../archive/locate-directory.ts'
import { resolveZip64 } from '../archive/zip64.ts'
import type { Problem } from '../problem.ts'

const recordSignature = 0x02014b50
const recordBytes = 46

/** Every entry that the archive lists, those that jszip merges or hides included; or why it cannot be listed. */
export function listEntries(bytes: Uint8Array, limits: BundleLimits): ArchiveEntry[] | Problem[] {
  const head = bytes.subarray(0, 4)
  const location = locateDirectory(head, bytes.subarray(Math.max(0, bytes.length - tailBytes)), bytes.length)
  if ('severity' in location) return [location]
  const tooMany = checkDirectory(location, limits)
  if (tooMany.length > 0) return tooMany
  return readRecords(bytes, location)?.map(toArchiveEntry) ?? [damaged('its list of entries cannot be read')]
}

function readRecords(bytes: Uint8Array, location: DirectoryLocation): CentralRecord[] | undefined {
  const end = location.offset + location.sizeBytes
  const records: CentralRecord[] = []
  let at = location.offset
  for (; records.length < location.entryCount; ) {
    const read = readRecord(bytes, at, end)
    if (!read) return undefined
    records.push(read.record)
    at = read.next
  }
  return at === end ? records : undefined
}

function readRecord(bytes: Uint8Array, at: number, end: number): { record: CentralRecord; next: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (at + recordBytes > end || view.getUint32(at, true) !== recordSignature) return undefined
  const nameEnd = at + recordBytes + view.getUint16(at + 28, true)
  const extraEnd = nameEnd + view.getUint16(at + 30, true)
  const next = extraEnd + view.getUint16(at + 32, true)
  if (next > end) return undefined
  const record = {
    versionMadeBy: view.getUint16(at + 4, true),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc32: view.getUint32(at + 16, true),
    compressedBytes: view.getUint32(at + 20, true),
    sizeBytes: view.getUint32(at + 24, true),
    externalAttributes: view.getUint32(at + 38, true),
    headerOffset: view.getUint32(at + 42, true),
    rawName: bytes.subarray(at + recordBytes, nameEnd),
    extra: bytes.subarray(nameEnd, extraEnd),
  }
  return { record: { ...record, ...resolveZip64(record, record.extra) }, next }
}
