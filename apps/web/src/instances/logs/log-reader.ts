import { StoreError } from '@wave-store/client'
import { LogBuffer } from './log-buffer.ts'
import { type LogSource, readLogStream } from './read-log-stream.ts'

export type LogState = { kind: 'loading' | 'live' | 'ended' | 'away' } | { kind: 'refused'; error: Error }

/** After a lost connection, or the end of a log that may yet go on. */
const defaultReadAgainMs = 3_000

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

/** In place of lines that were dropped, and no part of the log's own bytes. */
const droppedNotice = '# runtime: the log grew too long'

/** Reads one log and keeps the end of it; stopped and started again, it goes on where it was. */
export class LogReader {
  buffer = new LogBuffer()
  readonly #source: Omit<LogSource, 'offset' | 'follow'>
  readonly #readAgainMs: number
  #decoder = new TextDecoder()
  #offset = 0
  /** The latest characters, as many as a notice may begin with at the end of a piece. */
  #ending = ''
  /** Whether what has come is the log byte for byte, so that its length is a position. */
  #isWhole: boolean
  state: LogState = { kind: 'loading' }

  constructor(source: Omit<LogSource, 'offset' | 'follow'>, readAgainMs = defaultReadAgainMs) {
    this.#source = source
    this.#readAgainMs = readAgainMs
    this.#isWhole = source.source === 'all'
  }

  /** Reads until the log is complete, refused, or no longer wanted; `onChange` is called often. */
  async read(follow: boolean, onChange: () => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let isAnew = !this.#isWhole && this.#offset > 0
      if (isAnew) this.#offset = 0
      try {
        await readLogStream(
          { ...this.#source, follow, offset: this.#offset },
          (bytes) => {
            if (isAnew) this.#startAnew()
            isAnew = false
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
      await pause(this.#readAgainMs, signal)
    }
  }

  /** What is shown already is kept until the store answers. */
  #startAnew(): void {
    this.buffer = new LogBuffer()
    this.#decoder = new TextDecoder()
    this.#isWhole = this.#source.source === 'all'
    this.#ending = ''
  }

  #take(bytes: Uint8Array, follow: boolean): void {
    this.#offset += bytes.byteLength
    const text = this.#decoder.decode(bytes, { stream: true })
    const latest = this.#ending + text
    if (latest.includes(droppedNotice)) this.#isWhole = false
    this.#ending = latest.slice(-droppedNotice.length)
    this.buffer.append(text)
    this.state = { kind: follow ? 'live' : 'loading' }
  }
}
