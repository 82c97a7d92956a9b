import { closeSync, openSync, readlinkSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { deflateMethod, storeMethod } from '../archive/entry.ts'
import { SmallDeflater } from './small-deflater.ts'
import type { PackedContent } from './zip-writer.ts'

/** The longest file that is packed in one piece. */
export const longestWholeBytes = 1 << 20

/** Reads and packs files of up to `longestWholeBytes`, in memory that it keeps. One at a time. */
export class FilePacker {
  // One byte more tells that a file has become longer.
  private readonly memory = Buffer.allocUnsafeSlow(longestWholeBytes + 1)
  private readonly deflater = new SmallDeflater()

  /** @returns fewer or more bytes than were expected where the file has changed; at most one more */
  packFile(path: string, expectedBytes: number): Promise<PackedContent> {
    const file = openSync(path, 'r')
    try {
      let length = 0
      for (let read = -1; read !== 0 && length <= expectedBytes; length += read)
        read = readSync(file, this.memory, length, expectedBytes + 1 - length, null)
      return this.pack(this.memory.subarray(0, length))
    } finally {
      closeSync(file)
    }
  }

  packLink(path: string): Promise<PackedContent> {
    return this.pack(readlinkSync(path, 'buffer'))
  }

  async pack(content: Buffer): Promise<PackedContent> {
    const facts = { crc32: crc32(content), sizeBytes: content.byteLength }
    const deflated = await this.deflater.deflate(content)
    return deflated.byteLength < content.byteLength
      ? { ...facts, method: deflateMethod, data: deflated }
      : { ...facts, method: storeMethod, data: Buffer.from(content) }
  }

  close(): void {
    this.deflater.close()
  }
}
