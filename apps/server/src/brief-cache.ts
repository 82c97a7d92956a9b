interface Entry<V> {
  answer: Promise<V>
  begunAt: number
  isSettled: boolean
}

export interface BriefCacheOptions<V> {
  /** No answer is given that was looked up longer ago. */
  ttlMs: number
  maxEntries: number
  /** Whether an answer is given again at all; one that is not is still shared by those who wait for it. Default: each. */
  keeps?: (answer: V) => boolean
  /** Milliseconds of a clock that never jumps. */
  now?: () => number
}

/**
 * Answers that hold for a moment, so that many requests for one thing cost one look-up. Its age counts from the
 * beginning of the look-up; while one is under way no other begins for that key, and failures are not kept.
 */
export class BriefCache<V> {
  readonly #ttlMs: number
  readonly #maxEntries: number
  readonly #keeps: (answer: V) => boolean
  readonly #now: () => number
  /** The earliest first. */
  readonly #entries = new Map<string, Entry<V>>()

  constructor({ ttlMs, maxEntries, keeps = () => true, now = () => performance.now() }: BriefCacheOptions<V>) {
    this.#ttlMs = ttlMs
    this.#maxEntries = maxEntries
    this.#keeps = keeps
    this.#now = now
  }

  async get(key: string, lookUp: () => Promise<V>): Promise<V> {
    const oldest = this.#now() - this.#ttlMs
    for (let entry = this.#entries.get(key); entry; entry = this.#entries.get(key)) {
      if (entry.begunAt > oldest) return entry.answer
      if (entry.isSettled) break
      // It may tell what was true too long ago: whoever waits here shares the next one.
      await entry.answer.catch(() => {})
    }
    return this.#begin(key, lookUp)
  }

  /** Who asks from now on is told what is true now. */
  forget(): void {
    this.#entries.clear()
  }

  get size(): number {
    return this.#entries.size
  }

  #begin(key: string, lookUp: () => Promise<V>): Promise<V> {
    this.#entries.delete(key)
    this.#makeRoom()
    const begunAt = this.#now()
    const entry: Entry<V> = { answer: lookUp(), begunAt, isSettled: false }
    this.#entries.set(key, entry)
    const settle = (isKept: boolean) => {
      entry.isSettled = true
      if (!isKept && this.#entries.get(key) === entry) this.#entries.delete(key)
    }
    entry.answer.then(
      (answer) => settle(this.#keeps(answer)),
      () => settle(false),
    )
    return entry.answer
  }

  #makeRoom(): void {
    const oldest = this.#now() - this.#ttlMs
    for (const [key, { begunAt, isSettled }] of this.#entries) {
      if (this.#entries.size < this.#maxEntries && (begunAt > oldest || !isSettled)) break
      this.#entries.delete(key)
    }
  }
}
