import type { ActivityCounter } from '../activity/activity-counter.ts'
import type { SteadyClock } from '../clock.ts'
import type { InstanceState, SightingRepository } from '../instances/sighting-repository.ts'

interface Parts {
  activity: Pick<ActivityCounter, 'totals'>
  clock: SteadyClock
  sightings: Pick<SightingRepository, 'recordUse'>
}

/** What is known of one instance; times of the steady clock, but for `usedAt`. */
interface Watched {
  generation: number
  signs: number
  quietSince: number
  timeoutMs: number | null
  keepAwakeUntil: number | null
  awakeUntil: number
  /** Epoch milliseconds; null: not since we look. */
  usedAt: number | null
  isSaved: boolean
}

const saveEveryMs = 60_000
/** So long a store that was just started looks before it puts anything to sleep: people come back to it. */
const firstLookMs = 15 * 60_000

/**
 * Knows since when nobody uses an instance. Time is measured by a clock that never jumps; only what is told of the time
 * before this store was started goes by the date, and is not believed alone.
 */
export class IdleWatch {
  readonly #parts: Parts
  readonly #watched = new Map<string, Watched>()
  #looks = 0
  #savedAt: number

  constructor(parts: Parts) {
    this.#parts = parts
    this.#savedAt = parts.clock.steady()
  }

  /**
   * @param deployed everything that answers
   * @returns ids of those that nobody has used for as long as they may be idle, and that are not kept awake
   */
  async look(deployed: InstanceState[]): Promise<string[]> {
    const now = this.#parts.clock.steady()
    for (const state of deployed) this.#see(state, now)
    this.#looks += 1
    if (now - this.#savedAt >= saveEveryMs) await this.save()
    const known = new Set(deployed.map(({ id }) => id))
    for (const [id, { isSaved }] of this.#watched) if (isSaved && !known.has(id)) this.#watched.delete(id)
    return deployed.filter(({ id }) => (this.sleepsInMs(id) ?? 1) <= 0).map(({ id }) => id)
  }

  /** How often it has looked. */
  get looks(): number {
    return this.#looks
  }

  /** Writes down when instances were used last. */
  async save(): Promise<void> {
    this.#savedAt = this.#parts.clock.steady()
    const unsaved = [...this.#watched].filter(([, { isSaved }]) => !isSaved)
    await this.#parts.sightings.recordUse(new Map(unsaved.map(([id, { usedAt }]) => [id, usedAt!])))
    for (const [, watched] of unsaved) watched.isSaved = true
  }

  /** Milliseconds until it sleeps, if nothing happens; null: never, or not known. */
  sleepsInMs(id: string): number | null {
    const watched = this.#watched.get(id)
    if (!watched || watched.timeoutMs === null) return null
    return Math.max(watched.quietSince + watched.timeoutMs, watched.awakeUntil) - this.#parts.clock.steady()
  }

  /** Epoch milliseconds of the latest use that was seen; null: none since this store was started. */
  usedAt(id: string): number | null {
    return this.#watched.get(id)?.usedAt ?? null
  }

  #see(state: InstanceState, now: number): void {
    const { signs } = this.#parts.activity.totals(state.id)
    let watched = this.#watched.get(state.id)
    if (!watched || watched.generation !== state.generation) {
      watched = { ...this.#firstSight(state, now), signs }
      this.#watched.set(state.id, watched)
    }
    watched.timeoutMs = state.idleTimeoutMs
    if (watched.keepAwakeUntil !== state.keepAwakeUntil)
      Object.assign(watched, { keepAwakeUntil: state.keepAwakeUntil, awakeUntil: this.#steadily(state.keepAwakeUntil) })
    if (watched.signs !== signs)
      Object.assign(watched, { signs, quietSince: now, usedAt: this.#parts.clock.now(), isSaved: false })
  }

  #firstSight(state: InstanceState, now: number): Watched {
    const { generation, idleTimeoutMs, lastUsedAt, phaseSince } = state
    const before = this.#looks === 0 ? this.#parts.clock.now() - Math.max(lastUsedAt ?? 0, phaseSince) : 0
    const most = Math.max(0, (idleTimeoutMs ?? 0) - firstLookMs)
    return {
      generation,
      signs: 0,
      quietSince: now - Math.min(Math.max(0, before), most),
      timeoutMs: idleTimeoutMs,
      keepAwakeUntil: null,
      awakeUntil: Number.NEGATIVE_INFINITY,
      usedAt: null,
      isSaved: true,
    }
  }

  #steadily(until: number | null): number {
    const { clock } = this.#parts
    return until === null ? Number.NEGATIVE_INFINITY : clock.steady() + until - clock.now()
  }
}
