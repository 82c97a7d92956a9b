import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a zip file, with every lie that a hostile archive can tell. */
export interface RawEntry {
  name: string | Uint8Array
  content?: string | Uint8Array
  /** 8 deflates, everything else is written as it is under that number. Default: 0. */
  method?: number
  /** General purpose bits, besides those that follow from the rest. */
  flags?: number
  /** Type and permissions, such as 0o120777 for a symbolic link. Default: none. */
  unixMode?: number
  /** Name at the content, where it is another. */
  localName?: string
  /** Numbers in place of the true ones, in the list of entries and, unless `localIsTrue`, at the content. */
  stated?: Partial<Numbers>
  localIsTrue?: boolean
  /** Sizes and checksum follow the content instead of standing before it. */
  dataDescriptor?: boolean
  /** Sizes stand in the extra field for large files. */
  zip64?: boolean
  extra?: Uint8Array
  /** List the content of this earlier entry, by its number, instead of writing one. */
  sharesContentOf?: number
}

export interface RawZipOptions {
  /** Bytes before the first entry; the offsets take no notice. */
  prepend?: Uint8Array
  append?: Uint8Array
  comment?: string
  zip64?: boolean
  /** Number of entries in place of the true one. */
  statedCount?: number
}

interface Numbers {
  crc32: number
  compressedBytes: number
  sizeBytes: number
}

interface Written {
  entry: RawEntry
  name: Buffer
  numbers: Numbers
  offset: number
}

const utf8Flag = 0x800
const dataDescriptorFlag = 0x8
const all32 = 0xffffffff

/** Writes a zip file exactly as told, true or not. */
export function buildRawZip(entries: RawEntry[], options: RawZipOptions = {}): Uint8Array {
  const parts: Buffer[] = []
  const written: Written[] = []
  let offset = 0
  for (const entry of entries) {
    const shared = entry.sharesContentOf === undefined ? undefined : written[entry.sharesContentOf]
    const name = nameBytes(entry.name)
    if (shared) {
      written.push({ entry, name, numbers: { ...shared.numbers, ...entry.stated }, offset: shared.offset })
      continue
    }
    const { bytes, numbers } = localPart(entry, name)
    written.push({ entry, name, numbers: { ...numbers, ...entry.stated }, offset })
    parts.push(bytes)
    offset += bytes.length
  }
  const directory = Buffer.concat(written.map(centralRecord))
  const end = endRecords({ count: options.statedCount ?? entries.length, size: directory.length, offset, options })
  return Buffer.concat([
    options.prepend ?? Buffer.alloc(0),
    ...parts,
    directory,
    end,
    options.append ?? Buffer.alloc(0),
  ])
}

function localPart(entry: RawEntry, name: Buffer): { bytes: Buffer; numbers: Numbers } {
  const content = Buffer.from((entry.content ?? '') as string)
  const packed = entry.method === 8 ? deflateRawSync(content) : content
  const numbers = { crc32: crc32(content), compressedBytes: packed.length, sizeBytes: content.length }
  const local = entry.localIsTrue ? numbers : { ...numbers, ...entry.stated }
  const localName = entry.localName === undefined ? name : Buffer.from(entry.localName)
  const extra = Buffer.concat([entry.zip64 ? zip64Extra([local.sizeBytes, local.compressedBytes]) : Buffer.alloc(0)])
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(entry.zip64 ? 45 : 20, 4)
  header.writeUInt16LE(flagsOf(entry), 6)
  header.writeUInt16LE(entry.method ?? 0, 8)
  if (!entry.dataDescriptor) writeNumbers(header, 14, local, entry.zip64)
  header.writeUInt16LE(localName.length, 26)
  header.writeUInt16LE(extra.length, 28)
  const descriptor = entry.dataDescriptor ? dataDescriptor(local) : Buffer.alloc(0)
  return { bytes: Buffer.concat([header, localName, extra, packed, descriptor]), numbers }
}

function centralRecord({ entry, name, numbers, offset }: Written): Buffer {
  const sizes = entry.zip64 ? zip64Extra([numbers.sizeBytes, numbers.compressedBytes]) : Buffer.alloc(0)
  const extra = Buffer.concat([sizes, entry.extra ?? Buffer.alloc(0)])
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02014b50, 0)
  record.writeUInt16LE(((entry.unixMode === undefined ? 0 : 3) << 8) | 63, 4)
  record.writeUInt16LE(entry.zip64 ? 45 : 20, 6)
  record.writeUInt16LE(flagsOf(entry), 8)
  record.writeUInt16LE(entry.method ?? 0, 10)
  writeNumbers(record, 16, numbers, entry.zip64)
  record.writeUInt16LE(name.length, 28)
  record.writeUInt16LE(extra.length, 30)
  record.writeUInt32LE(((entry.unixMode ?? 0) << 16) >>> 0, 38)
  record.writeUInt32LE(offset, 42)
  return Buffer.concat([record, name, extra])
}

function endRecords(input: { count: number; size: number; offset: number; options: RawZipOptions }): Buffer {
  const { count, size, offset, options } = input
  const comment = Buffer.from(options.comment ?? '')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(options.zip64 ? 0xffff : count, 8)
  end.writeUInt16LE(options.zip64 ? 0xffff : count, 10)
  end.writeUInt32LE(options.zip64 ? all32 : size, 12)
  end.writeUInt32LE(options.zip64 ? all32 : offset, 16)
  end.writeUInt16LE(comment.length, 20)
  if (!options.zip64) return Buffer.concat([end, comment])
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(45, 14)
  for (const at of [24, 32]) end64.writeBigUInt64LE(BigInt(count), at)
  end64.writeBigUInt64LE(BigInt(size), 40)
  end64.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(offset + size), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([end64, locator, end, comment])
}

function writeNumbers(target: Buffer, at: number, numbers: Numbers, zip64 = false): void {
  target.writeUInt32LE(numbers.crc32, at)
  target.writeUInt32LE(zip64 ? all32 : numbers.compressedBytes, at + 4)
  target.writeUInt32LE(zip64 ? all32 : numbers.sizeBytes, at + 8)
}

function zip64Extra(values: number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8 * values.length, 2)
  values.forEach((value, index) => {
    extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index)
  })
  return extra
}

function dataDescriptor(numbers: Numbers): Buffer {
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  writeNumbers(descriptor, 4, numbers)
  return descriptor
}

function flagsOf(entry: RawEntry): number {
  const utf8 = typeof entry.name === 'string' ? utf8Flag : 0
  return utf8 | (entry.dataDescriptor ? dataDescriptorFlag : 0) | (entry.flags ?? 0)
}

function nameBytes(name: string | Uint8Array): Buffer {
  return typeof name === 'string' ? Buffer.from(name) : Buffer.from(name)
}
