import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { LogOptions } from '../runtime.ts'

/** The output of one process, kept in memory, readable while it grows. */
export class RecordedOutput {
  readonly #process = randomUUID()
  #bytes: Buffer = Buffer.alloc(0)
  #ended = false
  #changed = Promise.withResolvers<void>()

  write(text: string): void {
    this.#bytes = Buffer.concat([this.#bytes, Buffer.from(text)])
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  async *read({ offset = 0, follow = false, signal, onOpen }: LogOptions): AsyncIterable<Uint8Array> {
    onOpen?.(this.#process)
    const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
    let position = offset < 0 ? Math.max(0, this.#bytes.length + offset) : offset
    while (!signal?.aborted) {
      const changed = this.#changed.promise
      if (position < this.#bytes.length) {
        yield new Uint8Array(this.#bytes.subarray(position))
        position = this.#bytes.length
      } else if (!follow || this.#ended) return
      else await Promise.race([changed, aborted])
    }
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }
}
