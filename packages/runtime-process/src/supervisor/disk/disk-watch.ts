import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import type { Verdict } from '@wave-store/runtime/driver'
import type { ProcessRuntimeOptions } from '../../options.ts'
import { type Holdings, type Place, totalBytes } from './holdings.ts'
import { judgeDisk } from './judge-disk.ts'
import { bytesOf, unlinkedBytes } from './measure.ts'

/** A running instance, as far as the disk goes. */
export interface DiskUser {
  id: string
  places: Place[]
  pids(): number[]
  end(verdict: Verdict): void
}

export interface DiskWatchParts {
  directory: string
  users: () => DiskUser[]
  options: () => Pick<ProcessRuntimeOptions, 'scratchMaxBytes' | 'diskReserveBytes'>
  /** What waited for room on the disk may be tried again. */
  onRoom: () => void
}

const intervalMs = 1000
const gib = 1024 ** 3
const noticeableBytes = 64 * 1024 ** 2
/** At least this often where anything was written at all, and where nothing was. */
const measureEveryMs = { written: 60_000, still: 600_000 }
/** Of one processor's time, measuring takes a tenth at most. */
const restPerWork = 10

/** Looks at the disk each second and measures the instances when it has become fuller; ends those that fill it. */
export class DiskWatch {
  readonly #parts: DiskWatchParts
  readonly #timer: NodeJS.Timeout
  #held = new Map<string, Holdings>()
  #before = new Map<string, number>()
  #freeThen = Number.POSITIVE_INFINITY
  #measuredAt = 0
  #restUntil = 0
  #isLooking = false

  constructor(parts: DiskWatchParts) {
    this.#parts = parts
    this.#timer = setInterval(() => void this.#tick(), intervalMs).unref()
  }

  /** Bytes that were found of an instance at `path` when it was measured last. */
  bytesAt(id: string, path: string): number | undefined {
    return this.#held.get(id)?.places.find((each) => each.path === path)?.bytes
  }

  end(): void {
    clearInterval(this.#timer)
  }

  async #tick(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      await this.#look()
    } catch (error) {
      console.error(`The disk is not watched: ${(error as Error).message}`)
    } finally {
      this.#isLooking = false
    }
  }

  async #look(): Promise<void> {
    const { bavail, bsize, blocks } = await statfs(this.#parts.directory)
    const freeBytes = bavail * bsize
    const { scratchMaxBytes = 10 * gib, diskReserveBytes } = this.#parts.options()
    const reserveBytes = diskReserveBytes ?? Math.min(gib, (blocks * bsize) / 20)
    if (freeBytes > 0) this.#parts.onRoom()
    const fell = this.#freeThen - freeBytes
    if (fell < 0) this.#freeThen = freeBytes
    const isLow = freeBytes < reserveBytes
    if (!this.#isDue(fell, isLow, Math.min(noticeableBytes, scratchMaxBytes / 4, reserveBytes / 4))) return

    const began = performance.now()
    const users = this.#parts.users()
    const holdings = await this.#measure(users, isLow || fell >= noticeableBytes)
    const ended = performance.now()
    this.#restUntil = ended + (ended - began) * restPerWork
    const age = ended - this.#measuredAt
    this.#measuredAt = ended
    this.#freeThen = freeBytes

    const sentences = judgeDisk({ freeBytes, reserveBytes, scratchMaxBytes, holdings, before: this.#before })
    for (const { id, verdict } of sentences) users.find((user) => user.id === id)?.end(verdict)
    if (sentences.length > 0 || (!isLow && age >= measureEveryMs.written)) {
      this.#before = new Map(holdings.map((each) => [each.id, totalBytes(each)]))
    }
  }

  #isDue(fell: number, isLow: boolean, noticeable: number): boolean {
    const now = performance.now()
    if (now < this.#restUntil) return false
    const age = now - this.#measuredAt
    if (fell >= noticeable || (isLow && fell > 0)) return true
    return age >= (fell > 0 ? measureEveryMs.written : measureEveryMs.still)
  }

  async #measure(users: DiskUser[], withUnlinked: boolean): Promise<Holdings[]> {
    const found = await bytesOf(users.flatMap(({ places }) => places.map(({ path }) => path)))
    const device = withUnlinked ? statSync(this.#parts.directory).dev : 0
    const holdings = users.map(({ id, places, pids }): Holdings => {
      const seen = places.map((place) => ({ ...place, bytes: found.get(place.path) ?? 0 }))
      const unlinked = withUnlinked ? unlinkedBytes(pids(), device) : 0
      const more = { path: '', inside: 'deleted files that it holds open', kind: 'scratch' as const, bytes: unlinked }
      return { id, places: [...seen, more] }
    })
    this.#held = new Map(holdings.map((each) => [each.id, each]))
    return holdings
  }
}
