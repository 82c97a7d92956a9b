const restMs = 10 * 60_000
const maxTickets = 10_000

/**
 * Which aging tickets were lately sent to the store for a fresh one. A browser or program that comes back with the old
 * one goes on with it: the way to the store is taken once in ten minutes, whatever became of the cookies on it.
 */
export class TicketRenewals {
  /** Ticket, and when it may be sent again; the earliest first. */
  readonly #restUntil = new Map<string, number>()

  /** Whether it is time to send this ticket to the store; from then on, it is not. */
  begin(ticket: string, now = performance.now()): boolean {
    for (const [known, until] of this.#restUntil) {
      if (until > now && this.#restUntil.size < maxTickets) break
      this.#restUntil.delete(known)
    }
    if (this.#restUntil.has(ticket)) return false
    this.#restUntil.set(ticket, now + restMs)
    return true
  }
}
