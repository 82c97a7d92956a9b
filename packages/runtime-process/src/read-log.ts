import { watch } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { LogOptions } from '@wave-store/runtime'

const chunkBytes = 64 * 1024
/** Some file systems tell nothing of changes; and the end of the process is no change of the file. */
const pollMs = 250

/** Reads a log as it is and, with `follow`, as it grows until `isOver` says that nothing more comes. */
export async function* readLog(
  file: string,
  { offset = 0, follow = false, signal }: LogOptions,
  isOver: () => Promise<boolean>,
): AsyncIterable<Uint8Array> {
  const handle = await openIfThere(file)
  if (!handle) return
  const changes = follow ? new Changes(file, signal) : null
  try {
    let position = offset < 0 ? Math.max(0, (await handle.stat()).size + offset) : offset
    let largest = 0
    for (;;) {
      const { size } = await handle.stat()
      // It was cut, because it had grown too long: go on with what is left of it.
      if (size < largest) position = 0
      largest = size
      // Asked before the last look, so that nothing written until the end is missed.
      const over = !follow || (await isOver())
      for await (const chunk of readFrom(handle, position)) {
        if (signal?.aborted) return
        position += chunk.length
        yield chunk
      }
      if (over || signal?.aborted) return
      await changes?.next()
    }
  } finally {
    changes?.close()
    await handle.close()
  }
}

async function* readFrom(handle: FileHandle, start: number): AsyncIterable<Uint8Array> {
  for (let position = start; ; ) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(chunkBytes), 0, chunkBytes, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

class Changes {
  readonly #watcher
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

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
