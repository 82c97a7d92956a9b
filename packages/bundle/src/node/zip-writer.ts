import { deflateMethod, type storeMethod } from '../archive/entry.ts'

export interface NewEntry {
  path: string
  /** Unix type and permissions, such as `0o100644`. */
  mode: number
}

/** Content as it stands in the archive, and what is said about it. */
export interface PackedContent {
  method: typeof storeMethod | typeof deflateMethod
  crc32: number
  sizeBytes: number
  data: Uint8Array
}

/** What a stream of packed bytes was before. */
export interface Unpacked {
  crc32: number
  sizeBytes: number
}

interface EntryFacts extends Unpacked {
  method: number
  packedBytes: number
  /** Its sizes stand behind the content, as they were not known before it. */
  sizesFollow: boolean
  /** They may need 8 bytes. */
  isLarge: boolean
}

const madeByUnix = 3 << 8
const versions = { plain: 20, large: 45 }
const flags = { utf8: 0x800, sizesFollow: 0x8 }
/** 1980-01-02 00:00:00: any time will do, as long as it is always the same. */
const [dosTime, dosDate] = [0, (1 << 5) | 2]
const most16 = 0xffff
const most32 = 0xffffffff
/** Content that is at most so long does not outgrow 4 GiB by being deflated. */
const certainlySmall = 0xff000000

/**
 * A zip file as a sequence of chunks: entries in the order in which they are given, and no byte that depends on time,
 * machine or user (PKWARE APPNOTE 6.3.10, with ZIP64 where sizes, offsets or counts need it).
 */
export class ZipWriter {
  readonly #directory: Buffer[] = []
  #offset = 0

  /** An entry whose content is at hand. */
  whole(entry: NewEntry, { data, ...content }: PackedContent): Uint8Array[] {
    const facts = { ...content, packedBytes: data.byteLength, sizesFollow: false, isLarge: false }
    this.#directory.push(directoryEntry(entry, facts, this.#offset))
    return [localHeader(entry, facts), data].map((chunk) => this.#counted(chunk))
  }

  /**
   * An entry whose content comes deflated in pieces.
   *
   * @param longestBytes the most that it can be before it is deflated
   */
  async *streamed(
    entry: NewEntry,
    longestBytes: number,
    packed: AsyncGenerator<Uint8Array, Unpacked>,
  ): AsyncGenerator<Uint8Array> {
    const headerOffset = this.#offset
    const isLarge = longestBytes > certainlySmall
    const facts = { method: deflateMethod, crc32: 0, sizeBytes: 0, packedBytes: 0, sizesFollow: true, isLarge }
    yield this.#counted(localHeader(entry, facts))
    const begin = this.#offset
    const unpacked = yield* this.#passedOn(packed)
    const complete = { ...facts, ...unpacked, packedBytes: this.#offset - begin }
    yield this.#counted(sizesBehind(complete))
    this.#directory.push(directoryEntry(entry, complete, headerOffset))
  }

  /** What stands at the end. Nothing may follow. */
  end(): Uint8Array[] {
    const length = this.#directory.reduce((sum, entry) => sum + entry.byteLength, 0)
    return [...this.#directory, endOfDirectory(this.#directory.length, this.#offset, length)]
  }

  async *#passedOn(packed: AsyncGenerator<Uint8Array, Unpacked>): AsyncGenerator<Uint8Array, Unpacked> {
    for (;;) {
      const { done, value } = await packed.next()
      if (done) return value
      yield this.#counted(value)
    }
  }

  #counted<T extends Uint8Array>(bytes: T): T {
    this.#offset += bytes.byteLength
    return bytes
  }
}

function localHeader({ path }: NewEntry, facts: EntryFacts): Buffer {
  const name = Buffer.from(path)
  const sizes = facts.isLarge ? sizesExtra(0n, 0n) : Buffer.alloc(0)
  const fields = Buffer.alloc(30)
  fields.writeUInt32LE(0x04034b50, 0)
  fields.writeUInt16LE(facts.isLarge ? versions.large : versions.plain, 4)
  writeCommon(fields, 6, facts)
  if (facts.isLarge) fields.fill(0xff, 18, 26)
  fields.writeUInt16LE(name.length, 26)
  fields.writeUInt16LE(sizes.length, 28)
  return Buffer.concat([fields, name, sizes])
}

/** Flags, method, time, checksum and sizes, as they stand in both places. */
function writeCommon(fields: Buffer, at: number, { method, crc32, packedBytes, sizeBytes, sizesFollow }: EntryFacts) {
  fields.writeUInt16LE(flags.utf8 | (sizesFollow ? flags.sizesFollow : 0), at)
  fields.writeUInt16LE(method, at + 2)
  fields.writeUInt16LE(dosTime, at + 4)
  fields.writeUInt16LE(dosDate, at + 6)
  fields.writeUInt32LE(crc32, at + 8)
  fields.writeUInt32LE(Math.min(packedBytes, most32), at + 12)
  fields.writeUInt32LE(Math.min(sizeBytes, most32), at + 16)
}

function sizesBehind({ crc32, packedBytes, sizeBytes, isLarge }: EntryFacts): Buffer {
  const fields = Buffer.alloc(isLarge ? 24 : 16)
  fields.writeUInt32LE(0x08074b50, 0)
  fields.writeUInt32LE(crc32, 4)
  if (isLarge) {
    fields.writeBigUInt64LE(BigInt(packedBytes), 8)
    fields.writeBigUInt64LE(BigInt(sizeBytes), 16)
  } else {
    fields.writeUInt32LE(packedBytes, 8)
    fields.writeUInt32LE(sizeBytes, 12)
  }
  return fields
}

function directoryEntry({ path, mode }: NewEntry, facts: EntryFacts, headerOffset: number): Buffer {
  const name = Buffer.from(path)
  const beyond = [facts.sizeBytes, facts.packedBytes, headerOffset].filter((value) => value >= most32)
  const extra = beyond.length > 0 ? sizesExtra(...beyond.map(BigInt)) : Buffer.alloc(0)
  const version = facts.isLarge || beyond.length > 0 ? versions.large : versions.plain
  // Kept to the end: a small part of a larger piece of memory would keep all of that.
  const fields = Buffer.alloc(46 + name.length + extra.length)
  fields.writeUInt32LE(0x02014b50, 0)
  fields.writeUInt16LE(madeByUnix | version, 4)
  fields.writeUInt16LE(version, 6)
  writeCommon(fields, 8, facts)
  fields.writeUInt16LE(name.length, 28)
  fields.writeUInt16LE(extra.length, 30)
  fields.writeUInt32LE(mode * 0x10000, 38)
  fields.writeUInt32LE(Math.min(headerOffset, most32), 42)
  name.copy(fields, 46)
  extra.copy(fields, 46 + name.length)
  return fields
}

/** The field of ZIP64 with what has no room in the 4 bytes. */
function sizesExtra(...values: bigint[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8)
  extra.writeUInt16LE(0x0001, 0)
  extra.writeUInt16LE(values.length * 8, 2)
  for (const [index, value] of values.entries()) extra.writeBigUInt64LE(value, 4 + index * 8)
  return extra
}

function endOfDirectory(count: number, start: number, length: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, most16), 8)
  end.writeUInt16LE(Math.min(count, most16), 10)
  end.writeUInt32LE(Math.min(length, most32), 12)
  end.writeUInt32LE(Math.min(start, most32), 16)
  const isLarge = count >= most16 || start >= most32 || length >= most32
  return isLarge ? Buffer.concat([largeEnd(count, start, length), end]) : end
}

/** The end of ZIP64, and where it stands. */
function largeEnd(count: number, start: number, length: number): Buffer {
  const fields = Buffer.alloc(56 + 20)
  fields.writeUInt32LE(0x06064b50, 0)
  fields.writeBigUInt64LE(44n, 4)
  fields.writeUInt16LE(madeByUnix | versions.large, 12)
  fields.writeUInt16LE(versions.large, 14)
  fields.writeBigUInt64LE(BigInt(count), 24)
  fields.writeBigUInt64LE(BigInt(count), 32)
  fields.writeBigUInt64LE(BigInt(length), 40)
  fields.writeBigUInt64LE(BigInt(start), 48)
  fields.writeUInt32LE(0x07064b50, 56)
  fields.writeBigUInt64LE(BigInt(start + length), 64)
  fields.writeUInt32LE(1, 72)
  return fields
}
