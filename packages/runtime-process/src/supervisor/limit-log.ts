import { Buffer } from 'node:buffer'
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, watch, writeSync } from 'node:fs'
import { headBlockBytes, headBytes, headOf, keptFrom } from '../log-head.ts'
import { LogHole } from './log-hole.ts'

const restMs = 500
const shortestMs = 5
/** Only an app that plays with the file itself gets there, or one that has written for days. */
const longestFile = 2 ** 39
const notice = '# runtime: the log grew too long, and its beginning was dropped\n'

/**
 * Keeps the latest part of a log, at most `maxBytes` of it: looked at the more often the faster it grows, and not at all
 * while nothing is written. The processes of an app hold the file itself, so what is dropped is taken from its beginning,
 * and they do not notice. `fd` has to be open for reading and appending.
 */
export class LogLimit {
  readonly #fd: number
  /** Appending descriptors write nowhere but at the end. */
  readonly #headFd: number
  readonly #maxBytes: number
  #from = 0
  #size: number
  #timer: NodeJS.Timeout | undefined
  #watcher: { close(): void } | undefined
  #hasEnded = false

  constructor(fd: number, maxBytes: number) {
    this.#fd = fd
    this.#maxBytes = maxBytes
    this.#headFd = openSync(`/proc/self/fd/${fd}`, 'r+')
    const head = Buffer.alloc(headBytes)
    readSync(fd, head, 0, headBytes, 0)
    this.#from = keptFrom(head)
    this.#size = fstatSync(fd).size
    this.#wait()
  }

  /** Looks a last time. */
  end(): void {
    this.#hasEnded = true
    this.#watcher?.close()
    clearTimeout(this.#timer)
    try {
      this.#shorten()?.makeNow()
    } catch (error) {
      tellOf(error)
    }
    closeSync(this.#headFd)
  }

  /** Until something is written. */
  #wait(): void {
    this.#watcher = watch(`/proc/self/fd/${this.#fd}`, () => {
      this.#watcher?.close()
      this.#lookIn(shortestMs)
    }).on('error', () => this.#lookIn(restMs))
  }

  #lookIn(ms: number): void {
    if (this.#hasEnded) return
    clearTimeout(this.#timer)
    const began = performance.now()
    this.#timer = setTimeout(() => void this.#look(began), ms)
  }

  async #look(began: number): Promise<void> {
    const before = this.#size
    try {
      const hole = this.#shorten()
      if (hole && !(await hole.make()) && !this.#hasEnded) this.#rewrite()
    } catch (error) {
      tellOf(error)
    }
    const elapsedMs = performance.now() - began
    const bytesPerMs = Math.max(0, this.#size - before) / elapsedMs
    if (bytesPerMs > 0) this.#lookIn(Math.min(restMs, Math.max(shortestMs, this.#maxBytes / 32 / bytesPerMs)))
    else if (elapsedMs < restMs) this.#lookIn(restMs)
    else if (!this.#hasEnded) this.#wait()
  }

  /** Says in the log what is dropped, long before it is too long: an app may write much until the next look. */
  #shorten(): LogHole | undefined {
    this.#size = fstatSync(this.#fd).size
    if (this.#size < this.#from || this.#size > longestFile) this.#rewrite()
    if (this.#size - this.#from <= this.#maxBytes / 2) return undefined
    const from = lineAfter(this.#fd, this.#size - Math.floor(this.#maxBytes / 4))
    if (from < 2 * headBlockBytes) return undefined
    const hole = new LogHole(this.#fd, this.#from, from)
    this.#from = from
    // First, so that nobody takes the zeros of the hole for what was written.
    writeSync(this.#headFd, headOf(from), 0, headBytes, 0)
    return hole
  }

  /** The latest part alone, at the beginning of the file: positions change, and what comes in that moment is lost. */
  #rewrite(): void {
    const kept = Buffer.alloc(Math.floor(this.#maxBytes / 4))
    const { size } = fstatSync(this.#fd)
    const length = readSync(this.#fd, kept, 0, kept.length, Math.max(0, size - kept.length))
    const latest = kept.subarray(0, length)
    ftruncateSync(this.#fd, 0)
    writeSync(this.#fd, Buffer.concat([Buffer.from(notice), latest.subarray(latest.indexOf('\n') + 1)]))
    this.#from = 0
    this.#size = fstatSync(this.#fd).size
  }
}

/** The beginning of the first line behind a position, where one is near. */
function lineAfter(fd: number, position: number): number {
  const near = Buffer.alloc(64 * 1024)
  const length = readSync(fd, near, 0, near.length, position)
  return position + near.subarray(0, length).indexOf('\n') + 1
}

function tellOf(error: unknown): void {
  console.error(`A log is not kept short: ${(error as Error).message}`)
}
