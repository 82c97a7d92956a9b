const zip64Field = 0x0001
const inExtraField = 0xffffffff

interface Sizes {
  sizeBytes: number
  compressedBytes: number
  headerOffset?: number
}

/** Numbers that were too large for their place stand, in this order, in an extra field (APPNOTE.TXT, 4.5.3). */
export function resolveZip64<T extends Sizes>(sizes: T, extra: Uint8Array): Sizes {
  const { sizeBytes, compressedBytes, headerOffset } = sizes
  const result: Sizes = { sizeBytes, compressedBytes, ...(headerOffset !== undefined && { headerOffset }) }
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength)
  for (let at = 0; at + 4 <= view.byteLength; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== zip64Field) continue
    const end = Math.min(at + 4 + view.getUint16(at + 2, true), view.byteLength)
    let value = at + 4
    for (const key of ['sizeBytes', 'compressedBytes', 'headerOffset'] as const) {
      if (sizes[key] !== inExtraField || value + 8 > end) continue
      result[key] = Number(view.getBigUint64(value, true))
      value += 8
    }
    break
  }
  return result
}
