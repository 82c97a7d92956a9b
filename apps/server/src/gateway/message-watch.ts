import type { Duplex } from 'node:stream'

/** Above it are ping, pong and close (RFC 6455, 5.2). */
const lastDataOpcode = 0x7
/** With the longest length that it may state; a mask is passed over with the payload. */
const longestHead = 10

/**
 * Reads where the frames of one direction of a WebSocket begin, and nothing of what is in them: compressed and
 * fragmented messages are carried by frames like all others. One call of `onMessage` stands for all that a chunk holds.
 */
export class MessageWatch {
  readonly #onMessage: () => void
  /** Bytes of the current frame that are still to come. */
  #left = 0
  readonly #head = Buffer.alloc(longestHead)
  #headBytes = 0

  constructor(onMessage: () => void) {
    this.#onMessage = onMessage
  }

  /** The next bytes of the stream, however it was cut into pieces. */
  read(chunk: Buffer): void {
    let hasMessage = false
    let at = 0
    while (at < chunk.length) {
      if (this.#left > 0) {
        const passed = Math.min(this.#left, chunk.length - at)
        this.#left -= passed
        at += passed
        continue
      }
      this.#head[this.#headBytes++] = chunk[at++]!
      if (this.#headBytes < this.#headSize()) continue
      if ((this.#head[0]! & 0xf) <= lastDataOpcode) hasMessage = true
      this.#left = this.#payloadBytes()
      this.#headBytes = 0
    }
    if (hasMessage) this.#onMessage()
  }

  /** As far as it is known by the bytes that are there. */
  #headSize(): number {
    if (this.#headBytes < 2) return 2
    const length = this.#head[1]! & 0x7f
    return length === 127 ? longestHead : length === 126 ? 4 : 2
  }

  #payloadBytes(): number {
    const second = this.#head[1]!
    const length = second & 0x7f
    const mask = second & 0x80 ? 4 : 0
    if (length < 126) return length + mask
    return mask + (length === 126 ? this.#head.readUInt16BE(2) : Number(this.#head.readBigUInt64BE(2)))
  }
}

/** Tells of messages that a WebSocket brings, beside whoever carries its bytes. */
export function watchMessages(socket: Duplex, onMessage: () => void): void {
  const watch = new MessageWatch(onMessage)
  socket.on('data', (chunk: Buffer) => watch.read(chunk))
}
