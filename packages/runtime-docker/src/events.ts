import { setTimeout as delay } from 'node:timers/promises'
import type { Engine } from './engine.ts'
import type { Names } from './labels.ts'

const firstPauseMs = 100
const longestPauseMs = 5000

interface Listeners {
  onEvent: () => void
  /** The engine answers again after it was away. */
  onReturn: () => void
}

/** Hints that something of ours has changed, for as long as it lasts, through restarts of the engine. */
export class EngineEvents {
  readonly #ended = new AbortController()

  constructor(engine: Engine, names: Names, listeners: Listeners) {
    void this.#listen(engine, names, listeners)
  }

  end(): void {
    this.#ended.abort()
  }

  async #listen({ streams }: Engine, names: Names, { onEvent, onReturn }: Listeners): Promise<void> {
    const { signal } = this.#ended
    let pauseMs = firstPauseMs
    let wasAway = false
    while (!signal.aborted) {
      try {
        const filters = { type: ['container' as const], ...names.filter() }
        const stream = await streams.getEvents({ filters, abortSignal: signal })
        pauseMs = firstPauseMs
        if (wasAway) onReturn()
        // What happened meanwhile was told to nobody.
        onEvent()
        for await (const _ of stream as unknown as AsyncIterable<Uint8Array>) onEvent()
      } catch {
        // The engine is away, or we are done.
      }
      wasAway = true
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {})
      pauseMs = Math.min(2 * pauseMs, longestPauseMs)
    }
  }
}
