export interface TransferRate {
  /** Null until there is something to reckon with. */
  bytesPerSecond: number | null
  remainingMs: number | null
}

/** Only the last seconds count, so that the estimate follows a connection that changes. */
const windowMs = 5_000
const shortestMs = 300

/** Reckons speed and remaining time of an upload from how much had been sent when. */
export class TransferMeter {
  readonly #totalBytes: number
  #samples: { atMs: number; sentBytes: number }[] = []

  constructor(totalBytes: number) {
    this.#totalBytes = totalBytes
  }

  /** @param atMs on any clock that does not jump. */
  add(atMs: number, sentBytes: number): TransferRate {
    this.#samples.push({ atMs, sentBytes })
    while (this.#samples.length > 2 && this.#samples[1]!.atMs <= atMs - windowMs) this.#samples.shift()
    const oldest = this.#samples[0]!
    const elapsedMs = atMs - oldest.atMs
    if (elapsedMs < shortestMs) return { bytesPerSecond: null, remainingMs: null }
    const bytesPerSecond = ((sentBytes - oldest.sentBytes) / elapsedMs) * 1000
    const leftBytes = this.#totalBytes - sentBytes
    return { bytesPerSecond, remainingMs: bytesPerSecond > 0 ? (leftBytes / bytesPerSecond) * 1000 : null }
  }
}
