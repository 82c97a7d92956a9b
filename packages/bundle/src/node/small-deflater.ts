import zlib from 'node:zlib'

const pieceBytes = 64 * 1024

/** Deflates many small pieces with one engine, for the reason of `SmallInflater`. One call at a time. */
export class SmallDeflater {
  private readonly engine = zlib.createDeflateRaw({ chunkSize: pieceBytes })

  deflate(content: Uint8Array): Promise<Buffer> {
    const { engine } = this
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      const keep = (chunk: Buffer) => void chunks.push(chunk)
      engine.on('data', keep).once('error', reject)
      engine.write(content)
      engine.flush(zlib.constants.Z_FINISH, () => {
        engine.off('data', keep).off('error', reject)
        engine.reset()
        resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
      })
    })
  }

  close(): void {
    this.engine.close()
  }
}
