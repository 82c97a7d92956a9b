import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import type { Changed } from '../instances/instance-changes.ts'
import type { InstanceRow } from '../instances/repository.ts'
import type { InstanceFeed } from './instance-feed.ts'

/** Changes within so long are told together. */
const gatherMs = 100
/** Proxies and browsers give up on connections that say nothing. */
const heartbeatMs = 15_000
const perPerson = 20

/** What an instance is by now; undefined: gone. */
export type Rows = ReadonlyMap<string, InstanceRow | undefined>

/** Everybody who is told of changes. What changed is read once for all of them. */
export class EventStreams {
  readonly #parts: Pick<AppContext, 'instances' | 'instanceChanges' | 'logger'>
  readonly #feeds = new Map<InstanceFeed, string>()
  readonly #changed = new Set<Changed>()
  #unsubscribe: (() => void) | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #gathering: NodeJS.Timeout | undefined
  #isEnding = false

  constructor(parts: Pick<AppContext, 'instances' | 'instanceChanges' | 'logger'>) {
    this.#parts = parts
  }

  /** How many there are. */
  get size(): number {
    return this.#feeds.size
  }

  /** @throws {AppError} `rate_limited` for somebody who has as many as one may, `unavailable` while the store ends */
  requireRoom(personId: string): void {
    if (this.#isEnding) throw new AppError('unavailable', 'The store is about to end.')
    const own = [...this.#feeds.values()].filter((id) => id === personId).length
    if (own >= perPerson)
      throw new AppError('rate_limited', `You follow changes in ${own} places already, as many as one may.`, {
        retryAfterSeconds: 30,
      })
  }

  add(personId: string, feed: InstanceFeed): void {
    this.#feeds.set(feed, personId)
    this.#unsubscribe ??= this.#parts.instanceChanges.subscribe('all', (changed) => this.#gather(changed))
    this.#heartbeat ??= setInterval(() => this.#beat(), heartbeatMs).unref()
  }

  remove(feed: InstanceFeed): void {
    this.#feeds.delete(feed)
    if (this.#feeds.size > 0) return
    this.#unsubscribe?.()
    this.#unsubscribe = undefined
    clearInterval(this.#heartbeat)
    this.#heartbeat = undefined
  }

  /** Ends all of them, and lets no other begin: browsers come back to the store that follows. */
  end(): void {
    this.#isEnding = true
    clearTimeout(this.#gathering)
    for (const feed of this.#feeds.keys()) feed.end()
  }

  #beat(): void {
    for (const feed of this.#feeds.keys()) feed.beat()
  }

  #gather(changed: Changed): void {
    this.#changed.add(changed)
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined
      this.#tell().catch((cause: unknown) =>
        this.#parts.logger.error({ err: cause }, 'Changes of instances could not be told'),
      )
    }, gatherMs).unref()
  }

  async #tell(): Promise<void> {
    const changed = new Set(this.#changed)
    this.#changed.clear()
    if (changed.has('all')) {
      for (const feed of this.#feeds.keys()) feed.lookAgain()
      return
    }
    const rows = new Map<string, InstanceRow | undefined>()
    for (const id of changed) rows.set(id, await this.#parts.instances.byId(id))
    for (const feed of this.#feeds.keys()) feed.changed(rows)
  }
}
