import { type FileHandle, open } from 'node:fs/promises'
import yauzl from 'yauzl'

/** Small entries stand close together: reading ahead saves a system call for each of them. */
const windowBytes = 512 * 1024
const pieceBytes = 128 * 1024

/** A file read at any place, mostly forwards. One read at a time. */
export class BundleFile implements AsyncDisposable {
  readonly sizeBytes: number
  private readonly handle: FileHandle
  private window = Buffer.alloc(0)
  private windowOffset = 0
  private memory = Buffer.alloc(windowBytes)

  private constructor(handle: FileHandle, sizeBytes: number) {
    this.handle = handle
    this.sizeBytes = sizeBytes
  }

  static async open(path: string): Promise<BundleFile> {
    const handle = await open(path, 'r')
    const { size } = await handle.stat()
    return new BundleFile(handle, size)
  }

  /** The bytes from `offset` on, valid until the next read; fewer than asked for at the file's end. */
  async read(offset: number, length: number): Promise<Buffer> {
    const end = Math.min(offset + length, this.sizeBytes)
    if (offset >= end) return Buffer.alloc(0)
    const isInWindow = offset >= this.windowOffset && end <= this.windowOffset + this.window.length
    if (!isInWindow) await this.moveWindow(offset, end - offset)
    const from = offset - this.windowOffset
    return this.window.subarray(from, Math.min(from + end - offset, this.window.length))
  }

  /** The same in pieces, for what does not fit into memory; each is valid until the next one is asked for. */
  async *chunks(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const chunk = await this.read(at, Math.min(pieceBytes, end - at))
      if (chunk.length === 0) return
      at += chunk.length
      yield chunk
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.handle.close()
  }

  private async moveWindow(offset: number, length: number): Promise<void> {
    if (this.memory.length < length) this.memory = Buffer.alloc(length)
    const buffer = this.memory.subarray(0, Math.min(this.memory.length, this.sizeBytes - offset))
    let filled = 0
    while (filled < buffer.length) {
      const { bytesRead } = await this.handle.read(buffer, filled, buffer.length - filled, offset + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    this.window = buffer.subarray(0, filled)
    this.windowOffset = offset
  }
}

/** The file as yauzl reads it. */
export class YauzlSource extends yauzl.RandomAccessReader {
  private readonly file: BundleFile

  constructor(file: BundleFile) {
    super()
    this.file = file
  }

  /** Content is read without yauzl's streams. */
  override _readStreamForRange(): never {
    throw new Error('not used')
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.file.read(position, length).then((bytes) => {
      bytes.copy(target, offset)
      callback(bytes.length === length ? null : new Error('unexpected end of the file'))
    }, callback)
  }

  /** The file is closed by whoever opened it. */
  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }
}
