/** What a `Bag` can hold. Only the bag that holds it sets `position`. */
export interface BagMember {
  position?: number | undefined
}

/**
 * Members in no order, each once and in one bag at a time; for what comes and goes with every request.
 *
 * A `Set` would do but for one thing: when its table is full, V8 makes another and links the old one to it. An old table
 * that has lived long enough to leave the young generation then keeps all later ones, and every request that was in
 * them, until the next full collection.
 */
export class Bag<T extends BagMember> {
  readonly #members: T[] = []

  add(member: T): void {
    member.position ??= this.#members.push(member) - 1
  }

  /** Whether it was there. */
  delete(member: T): boolean {
    const { position } = member
    if (position === undefined) return false
    member.position = undefined
    const last = this.#members.pop()!
    if (last === member) return true
    this.#members[position] = last
    last.position = position
    return true
  }

  get size(): number {
    return this.#members.length
  }

  /** Those of this moment: members may be added and deleted meanwhile. */
  all(): T[] {
    return [...this.#members]
  }
}
