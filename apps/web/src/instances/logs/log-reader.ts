import { StoreError } from '@wave-store/client'
import { LogBuffer } from './log-buffer.ts'
import { type LogSource, readLogStream } from './read-log-stream.ts'

export type LogState = { kind: 'loading' | 'live' | 'ended' | 'away' } | { kind: 'refused'; error: Error }

/** After a lost connection, or the end of a log that may yet go on. */
const readAgainMs = 3_000

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function isPassing(error: unknown): boolean {
  return error instanceof StoreError && ['unreachable', 'unavailable', 'internal'].includes(error.code)
}

/** Reads one log and keeps the end of it; stopped and started again, it goes on where it was. */
export class LogReader {
  readonly buffer = new LogBuffer()
  readonly #source: Omit<LogSource, 'offset' | 'follow'>
  #decoder = new TextDecoder()
  #offset = 0
  state: LogState = { kind: 'loading' }

  constructor(source: Omit<LogSource, 'offset' | 'follow'>) {
    this.#source = source
  }

  /** Reads until the log is complete, refused, or no longer wanted; `onChange` is called often. */
  async read(follow: boolean, onChange: () => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await readLogStream(
          { ...this.#source, follow, offset: this.#offset },
          (bytes) => {
            this.#take(bytes, follow)
            onChange()
          },
          signal,
        )
        this.state = { kind: 'ended' }
      } catch (error) {
        if (signal.aborted) return
        this.state = isPassing(error) ? { kind: 'away' } : { kind: 'refused', error: error as Error }
      }
      onChange()
      if (this.state.kind === 'refused' || (this.state.kind === 'ended' && !follow)) return
      await pause(readAgainMs, signal)
    }
  }

  #take(bytes: Uint8Array, follow: boolean): void {
    this.#offset += bytes.byteLength
    this.buffer.append(this.#decoder.decode(bytes, { stream: true }))
    this.state = { kind: follow ? 'live' : 'loading' }
  }
}
