import type { Logger } from 'pino'
import type { ActivityCounter } from '../activity/activity-counter.ts'
import type { SteadyClock } from '../clock.ts'
import type { InstanceState, SightingRepository } from '../instances/sighting-repository.ts'
import { answers } from './probe.ts'

interface Parts {
  activity: Pick<ActivityCounter, 'totals'>
  clock: SteadyClock
  logger: Logger
  sightings: Pick<SightingRepository, 'recordSilence'>
  basePathOf: (id: string) => Promise<string>
  /** An app that was not heard of for so long is asked. */
  intervalMs: number
}

interface Heard {
  generation: number
  /** By the steady clock: when it answered somebody, or was asked last. */
  at: number
  /** Answers to others, as counted then. */
  answers: number
  isAsked: boolean
}

const atOnce = 4
const timeoutMs = 5000
/** An app that was silent is asked more often: that it answers again is shown soon. */
const longestSilentMs = 5000

/**
 * Asks apps that run whether they still answer: those that answered nobody else for a while, few at a time. One that
 * does not is said to be silent, and otherwise left alone.
 */
export class Probes {
  readonly #parts: Parts
  readonly #heard = new Map<string, Heard>()
  readonly #asking = new Set<Promise<void>>()
  #isFirstLook = true

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @param deployed everything that is said to answer */
  look(deployed: InstanceState[]): void {
    const now = this.#parts.clock.steady()
    const due = deployed.filter((state) => this.#isDue(state, now))
    due.sort((a, b) => this.#heard.get(a.id)!.at - this.#heard.get(b.id)!.at)
    for (const state of due.slice(0, Math.max(0, atOnce - this.#asking.size))) this.#ask(state)
    const known = new Set(deployed.map(({ id }) => id))
    for (const id of this.#heard.keys()) if (!known.has(id)) this.#heard.delete(id)
    this.#isFirstLook = false
  }

  /** Ends when those that were asked have answered, or not. */
  async end(): Promise<void> {
    await Promise.all(this.#asking)
  }

  #isDue(state: InstanceState, now: number): boolean {
    const { answers: counted } = this.#parts.activity.totals(state.id)
    let heard = this.#heard.get(state.id)
    if (!heard || heard.generation !== state.generation) {
      // What an earlier server said of it is an old tale; what this one saw start has just answered.
      const at = this.#isFirstLook ? Number.NEGATIVE_INFINITY : now
      heard = { generation: state.generation, at, answers: counted, isAsked: false }
      this.#heard.set(state.id, heard)
    }
    if (counted !== heard.answers) {
      Object.assign(heard, { at: now, answers: counted })
      if (state.silentSince !== null) this.#begin(this.#parts.sightings.recordSilence(state, null))
      return false
    }
    const { intervalMs } = this.#parts
    const wait = state.silentSince === null ? intervalMs : Math.min(intervalMs, longestSilentMs)
    return !heard.isAsked && now - heard.at >= wait
  }

  #ask(state: InstanceState): void {
    const heard = this.#heard.get(state.id)!
    heard.isAsked = true
    this.#begin(
      this.#askAndRecord(state).finally(() => {
        heard.isAsked = false
        heard.at = this.#parts.clock.steady()
      }),
    )
  }

  async #askAndRecord(state: InstanceState): Promise<void> {
    const { activity, basePathOf, clock, sightings } = this.#parts
    if (state.addressJson === null) return
    const askedAt = clock.now()
    const before = activity.totals(state.id).answers
    const answered =
      (await answers(JSON.parse(state.addressJson), await basePathOf(state.id), timeoutMs)) ||
      activity.totals(state.id).answers !== before
    if (answered !== (state.silentSince === null)) await sightings.recordSilence(state, answered ? null : askedAt)
  }

  #begin(work: Promise<void>): void {
    const done = work
      .catch((cause: unknown) => this.#parts.logger.error({ err: cause }, 'A look at whether an app answers failed'))
      .finally(() => this.#asking.delete(done))
    this.#asking.add(done)
  }
}
