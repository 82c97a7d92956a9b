import { setTimeout as delay } from 'node:timers/promises'
import type { SteadyClock } from '../clock.ts'
import type { ServerRepository } from './server-repository.ts'

/** The right to do what only one server may do. */
export interface Lease {
  readonly isHeld: boolean
  /** Whether there may be other servers. */
  readonly isShared: boolean
  /** Counts how often it was taken: who remembers something of the time before looks anew. */
  readonly term: number
}

/** Of a store that is alone by its data directory. */
export const alone: Lease = { isHeld: true, isShared: false, term: 1 }

/** How long it is held after the last word; a server that is killed is replaced after this. */
const ttlMs = 6000
const renewMs = 1500
/** What is begun shortly before its end is done by then. */
const marginMs = 1500

interface LeaseParts {
  name: string
  holder: string
  repository: Pick<ServerRepository, 'takeLease' | 'leaveLease'>
  clock: Pick<SteadyClock, 'steady'>
  /** Told when it is taken. */
  onTaken: () => void
}

/**
 * A lease by the database's clock. Whether it is held is judged here by a clock that goes on while the process is paused:
 * who wakes after a pause holds nothing any more.
 */
export class DatabaseLease implements Lease, AsyncDisposable {
  readonly isShared = true
  readonly #parts: LeaseParts
  readonly #end = new AbortController()
  #heldUntil = Number.NEGATIVE_INFINITY
  #term = 0
  #loop: Promise<void> | undefined

  constructor(parts: LeaseParts) {
    this.#parts = parts
  }

  get isHeld(): boolean {
    return this.#parts.clock.steady() < this.#heldUntil
  }

  get term(): number {
    return this.#term
  }

  run(): void {
    this.#loop ??= this.#rounds()
  }

  /** Another server may take it at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { holder, name, repository } = this.#parts
    this.#end.abort()
    await this.#loop
    this.#heldUntil = Number.NEGATIVE_INFINITY
    // Where the database is away it runs out.
    if (this.#term > 0) await repository.leaveLease(name, holder).catch(() => {})
  }

  async #rounds(): Promise<void> {
    const { signal } = this.#end
    while (!signal.aborted) {
      await this.#take()
      await delay(renewMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  async #take(): Promise<void> {
    const { clock, holder, name, onTaken, repository } = this.#parts
    const wasHeld = this.isHeld
    const askedAt = clock.steady()
    // An answer that does not come leaves it as it is: it runs out by itself.
    const isTaken = await repository.takeLease(name, holder, ttlMs).catch(() => null)
    if (isTaken === null) return
    this.#heldUntil = isTaken ? askedAt + ttlMs - marginMs : Number.NEGATIVE_INFINITY
    if (!this.isHeld || wasHeld) return
    this.#term += 1
    onTaken()
  }
}
