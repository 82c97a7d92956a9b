import { type Problem, problemError } from '../problem.ts'

/** Where an archive's list of entries stands. */
export interface DirectoryLocation {
  entryCount: number
  offset: number
  sizeBytes: number
}

/** So much of a file's end holds the records that say where the directory is, with the longest comment. */
export const tailBytes = 22 + 0xffff + 20 + 56

const endSignature = 0x06054b50
const zip64LocatorSignature = 0x07064b50
const zip64EndSignature = 0x06064b50
const localHeaderSignature = 0x04034b50

/**
 * Finds the central directory of a zip file.
 *
 * @param head the first four bytes of the file.
 * @param tail the last `tailBytes` bytes, or the whole file where it is shorter.
 */
export function locateDirectory(head: Uint8Array, tail: Uint8Array, fileBytes: number): DirectoryLocation | Problem {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  const end = findEnd(view)
  const beginsLikeZip = head.length === 4 && viewOf(head).getUint32(0, true) === localHeaderSignature
  if (end === undefined) return beginsLikeZip ? cutShort() : notAZip()
  const isExact = end + 22 + view.getUint16(end + 20, true) === view.byteLength
  if (!isExact) {
    return problemError('stray_bytes', 'Bytes that are not part of the archive follow its end; pack the app again.')
  }
  const tailOffset = fileBytes - tail.byteLength
  const isZip64 = end >= 20 && view.getUint32(end - 20, true) === zip64LocatorSignature
  const location = isZip64 ? readZip64End(view, end - 20, tailOffset) : readEnd(view, end)
  if (!location) return damaged('the record at its end cannot be understood')
  const gap = location.recordOffset + (isZip64 ? 0 : tailOffset) - (location.offset + location.sizeBytes)
  if (gap < 0) return damaged('its directory lies outside of the file')
  if (gap > 0 || (!beginsLikeZip && location.entryCount > 0)) {
    const message = 'Bytes that are not part of the archive stand before it; pack the app again as a plain zip file.'
    return problemError('stray_bytes', message)
  }
  return { entryCount: location.entryCount, offset: location.offset, sizeBytes: location.sizeBytes }
}

/** The last record whose comment fills the rest of the file; else the last one at all. */
function findEnd(view: DataView): number | undefined {
  let last: number | undefined
  for (let at = view.byteLength - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== endSignature) continue
    if (at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at
    last ??= at
  }
  return last
}

interface Located extends DirectoryLocation {
  /** Where the record stands: in the tail, for zip64 in the file. */
  recordOffset: number
}

function readEnd(view: DataView, at: number): Located | undefined {
  const isOneDisk = view.getUint16(at + 4, true) === 0 && view.getUint16(at + 6, true) === 0
  const entryCount = view.getUint16(at + 10, true)
  if (!isOneDisk || view.getUint16(at + 8, true) !== entryCount) return undefined
  const sizeBytes = view.getUint32(at + 12, true)
  return { entryCount, sizeBytes, offset: view.getUint32(at + 16, true), recordOffset: at }
}

function readZip64End(view: DataView, locator: number, tailOffset: number): Located | undefined {
  const recordOffset = Number(view.getBigUint64(locator + 8, true))
  const at = recordOffset - tailOffset
  if (at < 0 || at + 56 > locator || view.getUint32(at, true) !== zip64EndSignature) return undefined
  if (BigInt(at) + 12n + view.getBigUint64(at + 4, true) !== BigInt(locator)) return undefined
  const isOneDisk = view.getUint32(at + 16, true) === 0 && view.getUint32(at + 20, true) === 0
  const entryCount = Number(view.getBigUint64(at + 32, true))
  if (!isOneDisk || Number(view.getBigUint64(at + 24, true)) !== entryCount) return undefined
  const sizeBytes = Number(view.getBigUint64(at + 40, true))
  return { entryCount, sizeBytes, offset: Number(view.getBigUint64(at + 48, true)), recordOffset }
}

export function damaged(what: string): Problem {
  return problemError('damaged', `The archive is damaged: ${what}. Pack the app again.`)
}

function cutShort(): Problem {
  return problemError('damaged', 'The archive is cut short: its end is missing. Was it copied or sent completely?')
}

function notAZip(): Problem {
  return problemError('not_a_zip', 'This is not a zip archive. A bundle is a zip file with app.toml in its root.')
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
