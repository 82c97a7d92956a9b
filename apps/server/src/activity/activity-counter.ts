/** What people do with an instance, added up since the store started. */
export interface ActivityTotals {
  requests: number
  /** Grows with every request and with every message of a WebSocket that is no ping: while it stands still, nobody uses the instance. */
  signs: number
  /** Requests that the app answered, whatever it said. */
  answers: number
  /** WebSockets that are open now. */
  sockets: number
}

/** Who sees what people do with instances tells it here: it must cost nothing. */
export interface ActivitySink {
  request(instanceId: string): void
  /** Its app has begun to answer one. */
  answered(instanceId: string): void
  socketOpened(instanceId: string): void
  /** Something came or went that is neither ping nor pong. */
  socketTraffic(instanceId: string): void
  socketClosed(instanceId: string): void
}

/** Adds up in memory; whoever keeps any of it reads it from time to time, and takes the difference. */
export class ActivityCounter implements ActivitySink {
  readonly #totals = new Map<string, ActivityTotals>()

  request(instanceId: string): void {
    const totals = this.#of(instanceId)
    totals.requests += 1
    totals.signs += 1
  }

  answered(instanceId: string): void {
    this.#of(instanceId).answers += 1
  }

  socketOpened(instanceId: string): void {
    const totals = this.#of(instanceId)
    totals.sockets += 1
    totals.signs += 1
  }

  socketTraffic(instanceId: string): void {
    this.#of(instanceId).signs += 1
  }

  socketClosed(instanceId: string): void {
    this.#of(instanceId).sockets -= 1
  }

  totals(instanceId: string): Readonly<ActivityTotals> {
    return this.#totals.get(instanceId) ?? { requests: 0, signs: 0, answers: 0, sockets: 0 }
  }

  /** All that this server itself has counted, as it is now. */
  protected counted(): Map<string, ActivityTotals> {
    return new Map([...this.#totals].map(([id, totals]) => [id, { ...totals }]))
  }

  /** For an instance that is gone. */
  forget(instanceId: string): void {
    this.#totals.delete(instanceId)
  }

  #of(instanceId: string): ActivityTotals {
    let totals = this.#totals.get(instanceId)
    if (!totals) {
      totals = { requests: 0, signs: 0, answers: 0, sockets: 0 }
      this.#totals.set(instanceId, totals)
    }
    return totals
  }
}
