import { plainText } from './ansi.ts'
import type { LogSnapshot } from './log-buffer.ts'

/** Which lines of a growing log hold a text, whatever its case. Each line is looked at once. */
export class MatchIndex {
  readonly #wanted: string
  /** Numbers of lines from the log's beginning, in order. */
  #matches: number[] = []
  #seenCount = 0

  constructor(text: string) {
    this.#wanted = text.toLowerCase()
  }

  /** The lines of a snapshot that match, each by its number from the log's beginning. */
  of({ lines, droppedCount }: LogSnapshot): readonly number[] {
    if (!this.#wanted) return this.#matches
    const end = droppedCount + lines.length
    if (end < this.#seenCount) this.#forget()
    // The last line may still be written to.
    const from = Math.max(droppedCount, this.#seenCount - 1)
    const known = this.#matches.slice(lowerBound(this.#matches, droppedCount), lowerBound(this.#matches, from))
    const found: number[] = []
    for (let number = from; number < end; number += 1)
      if (
        plainText(lines[number - droppedCount] ?? '')
          .toLowerCase()
          .includes(this.#wanted)
      )
        found.push(number)
    this.#matches = [...known, ...found]
    this.#seenCount = end
    return this.#matches
  }

  /** Another log. */
  #forget(): void {
    this.#matches = []
    this.#seenCount = 0
  }
}

/** Where in an ascending list the first value stands that is not below `value`. */
export function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
