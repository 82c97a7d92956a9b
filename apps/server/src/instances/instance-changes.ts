/** What changed: one instance, or so much (a person's roles, who sees an app) that everything may look different. */
export type Changed = string | 'all'

type Listener = (changed: Changed) => void

/** Tells, after the fact, which instances changed in what is kept or seen of them. A hint: who needs to be sure looks. */
export class InstanceChanges {
  readonly #listeners = new Map<Changed, Set<Listener>>()

  /**
   * @param to one instance, or `all` of them; a change of everything is told to everybody
   * @returns ends the subscription; again changes nothing
   */
  subscribe(to: Changed, listener: Listener): () => void {
    const listeners = this.#listeners.get(to) ?? new Set()
    this.#listeners.set(to, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(to) === listeners) this.#listeners.delete(to)
    }
  }

  tell(changed: Changed): void {
    const told =
      changed === 'all'
        ? [...this.#listeners.values()].flatMap((set) => [...set])
        : [...(this.#listeners.get(changed) ?? []), ...(this.#listeners.get('all') ?? [])]
    for (const listener of told) listener(changed)
  }

  /** How many listen. */
  get size(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0)
  }
}
