import { ActivityCounter, type ActivityTotals } from '../activity/activity-counter.ts'
import type { ServerRepository } from './server-repository.ts'

/** What people do with instances through any of a store's servers, a moment late for what others see. */
export class SharedActivity extends ActivityCounter {
  readonly #repository: Pick<ServerRepository, 'activityOfOthers' | 'keepActivity' | 'touch'>
  readonly #serverId: string
  readonly #kept = new Map<string, ActivityTotals>()
  #others: ReadonlyMap<string, ActivityTotals> = new Map()

  constructor(repository: Pick<ServerRepository, 'activityOfOthers' | 'keepActivity' | 'touch'>, serverId: string) {
    super()
    this.#repository = repository
    this.#serverId = serverId
  }

  override totals(instanceId: string): Readonly<ActivityTotals> {
    const own = super.totals(instanceId)
    const others = this.#others.get(instanceId)
    if (!others) return own
    return {
      requests: own.requests + others.requests,
      signs: own.signs + others.signs,
      answers: own.answers + others.answers,
      sockets: own.sockets + others.sockets,
    }
  }

  override forget(instanceId: string): void {
    super.forget(instanceId)
    this.#kept.delete(instanceId)
  }

  /** Tells the others what was counted since, and learns what they have. */
  async exchange(): Promise<void> {
    const changed = new Map(
      [...this.counted()].filter(([id, totals]) => {
        const kept = this.#kept.get(id)
        return kept?.signs !== totals.signs || kept.answers !== totals.answers || kept.sockets !== totals.sockets
      }),
    )
    await this.#repository.touch(this.#serverId)
    await this.#repository.keepActivity(this.#serverId, changed)
    for (const [id, totals] of changed) this.#kept.set(id, totals)
    this.#others = await this.#repository.activityOfOthers(this.#serverId)
  }
}
