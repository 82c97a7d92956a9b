import { Buffer } from 'node:buffer'
import { type FSWatcher, watch } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { LogOptions } from '@wave-store/runtime'
import { droppedNotice, headBytes, keptFrom } from './log-head.ts'

const chunkBytes = 64 * 1024
/** Some file systems tell nothing of changes; and the end of the process is no change of the file. */
const pollMs = 250

/** Reads a log as it is and, with `follow`, as it grows until `isOver` says that nothing more comes. */
export async function* readLog(
  file: string,
  { offset = 0, follow = false, signal, onOpen }: LogOptions,
  isOver: () => Promise<boolean>,
): AsyncIterable<Uint8Array> {
  const handle = await openIfThere(file)
  if (!handle) return
  onOpen?.(await identityOf(handle))
  const changes = follow ? new Changes(file, signal) : null
  try {
    const reader = new LogReader(handle, offset < 0 ? Math.max(0, (await handle.stat()).size + offset) : offset)
    let over = !follow
    for (;;) {
      let isNew = false
      for await (const chunk of reader.rest()) {
        if (signal?.aborted) return
        isNew = true
        yield chunk
      }
      if (over || signal?.aborted) return
      // Asked when all is told that was written, and before the last look, so that nothing until the end is missed.
      if (!isNew) over = await isOver()
      if (!isNew && !over) await changes?.next()
    }
  } finally {
    changes?.close()
    await handle.close()
  }
}

/** Goes through a file that grows at its end and loses its beginning, and tells in its place what was lost. */
class LogReader {
  readonly #handle: FileHandle
  #position: number
  #largest = 0
  #isWithinLine = false

  constructor(handle: FileHandle, position: number) {
    this.#handle = handle
    this.#position = position
  }

  async *rest(): AsyncIterable<Uint8Array> {
    for (;;) {
      yield* this.#passDropped()
      const { bytesRead, buffer } = await this.#handle.read(new Uint8Array(chunkBytes), 0, chunkBytes, this.#position)
      if (bytesRead === 0) {
        if ((await this.#handle.stat()).size < this.#largest) continue
        return
      }
      // Dropped while it was read: what came may be nothing but zeros.
      if ((await this.#keptFrom()) > this.#position) continue
      this.#position += bytesRead
      this.#isWithinLine = buffer[bytesRead - 1] !== 10
      yield buffer.subarray(0, bytesRead)
    }
  }

  async *#passDropped(): AsyncIterable<Uint8Array> {
    const { size } = await this.#handle.stat()
    // Written anew, which its first line tells, or emptied by the app itself: go on with that.
    if (size < this.#largest) this.#position = 0
    this.#largest = size
    const from = await this.#keptFrom()
    if (from <= this.#position) return
    yield Buffer.from(droppedNotice(from - this.#position, this.#isWithinLine))
    this.#isWithinLine = false
    this.#position = from
  }

  async #keptFrom(): Promise<number> {
    const { buffer, bytesRead } = await this.#handle.read(new Uint8Array(headBytes), 0, headBytes, 0)
    return keptFrom(buffer.subarray(0, bytesRead))
  }
}

class Changes {
  readonly #watcher: FSWatcher
  readonly #signal: AbortSignal | undefined
  #changed = Promise.withResolvers<void>()

  constructor(file: string, signal: AbortSignal | undefined) {
    this.#signal = signal
    this.#watcher = watch(file, () => this.#wake())
    this.#watcher.on('error', () => {})
    signal?.addEventListener('abort', this.#wake)
  }

  async next(): Promise<void> {
    if (this.#signal?.aborted) return
    const timer = setTimeout(this.#wake, pollMs)
    await this.#changed.promise
    clearTimeout(timer)
    this.#changed = Promise.withResolvers()
  }

  close(): void {
    this.#watcher.close()
    this.#signal?.removeEventListener('abort', this.#wake)
  }

  readonly #wake = () => this.#changed.resolve()
}

/** A file keeps it when it is renamed; another one at its place has another one. */
async function identityOf(handle: FileHandle): Promise<string> {
  const { ino, birthtimeNs } = await handle.stat({ bigint: true })
  return `${ino}-${birthtimeNs}`
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
