import { Buffer } from 'node:buffer'

export interface Frame {
  stream: 'stdout' | 'stderr'
  data: Buffer
}

const headerBytes = 8

/** Takes apart what the engine sends of a container without a terminal: eight bytes of header before each piece. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0)

  take(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : Buffer.from(chunk)
    while (data.length >= headerBytes) {
      const end = headerBytes + data.readUInt32BE(4)
      if (data.length < end) break
      frames.push({ stream: data[0] === 2 ? 'stderr' : 'stdout', data: data.subarray(headerBytes, end) })
      data = data.subarray(end)
    }
    this.#rest = data
    return frames
  }
}

export async function* framesOf(stream: AsyncIterable<Uint8Array>): AsyncIterable<Frame> {
  const reader = new FrameReader()
  for await (const chunk of stream) yield* reader.take(chunk)
}
