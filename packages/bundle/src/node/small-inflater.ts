import zlib from 'node:zlib'

const pieceBytes = 64 * 1024

export type InflateFault = 'damaged' | 'size_lies'

/**
 * Inflates many small pieces with one engine. An engine for each costs more memory than its work, and thousands of them
 * more than the garbage collector keeps up with. One call at a time.
 */
export class SmallInflater {
  private engine: zlib.InflateRaw | undefined

  /** The content, of exactly `sizeBytes`; or why it cannot be had. Nothing beyond that size is kept. */
  inflate(packed: Buffer, sizeBytes: number): Promise<Buffer | InflateFault> {
    const engine = this.take()
    const before = engine.bytesWritten
    return new Promise((resolve) => {
      const chunks: Buffer[] = []
      let length = 0
      const finish = (result: Buffer | InflateFault) => {
        engine.removeAllListeners()
        if (typeof result === 'string') this.discard(engine)
        else engine.reset()
        resolve(result)
      }
      engine.on('error', () => finish('damaged'))
      // Only what stands behind the content's end ends the engine.
      engine.on('end', () => finish('size_lies'))
      engine.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > sizeBytes) finish('size_lies')
        else chunks.push(chunk)
      })
      engine.write(packed, () => {
        const isExact = length === sizeBytes && engine.bytesWritten - before === packed.length
        finish(isExact ? (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)) : 'size_lies')
      })
    })
  }

  private take(): zlib.InflateRaw {
    this.engine ??= zlib.createInflateRaw({ chunkSize: pieceBytes })
    return this.engine
  }

  private discard(engine: zlib.InflateRaw): void {
    this.engine = undefined
    engine.on('error', () => undefined)
    engine.destroy()
  }
}
