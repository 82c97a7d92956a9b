/** Where nobody says which: ids that Debian gives to nobody else. */
export const defaultUids = { first: 200_000, count: 10_000 }

/** User ids of which nothing is left in use: those of ended builds and of deleted instances. */
export class Uids {
  readonly #taken = new Set<number>()
  readonly #first: number
  readonly #count: number
  #next = 0

  /** `range` null: everything runs as this process's own user. */
  constructor(range: { first: number; count: number } | null, taken: number[] = []) {
    this.#first = range?.first ?? 0
    this.#count = range?.count ?? 0
    for (const uid of taken) this.#taken.add(uid)
  }

  /** Gives the ids in turn, so that one is not used again soon. */
  borrow(): number | null {
    if (this.#count === 0) return null
    for (let tried = 0; tried < this.#count; tried++) {
      const uid = this.#first + this.#next
      this.#next = (this.#next + 1) % this.#count
      if (this.#taken.has(uid)) continue
      this.#taken.add(uid)
      return uid
    }
    throw new Error(`All ${this.#count} user ids from ${this.#first} on are in use; set a larger range`)
  }

  giveBack(uid: number | null): void {
    if (uid !== null) this.#taken.delete(uid)
  }
}
