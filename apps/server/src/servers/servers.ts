import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { ActivityCounter } from '../activity/activity-counter.ts'
import type { SteadyClock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { DatabaseLock, type Lock } from '../db/database-lock.ts'
import { Notices } from '../db/notices.ts'
import { isPostgres } from '../db/open-database.ts'
import type { Changed, InstanceChanges } from '../instances/instance-changes.ts'
import { Serial } from '../serial.ts'
import { alone, DatabaseLease, type Lease } from './lease.ts'
import { ServerRepository } from './server-repository.ts'
import { SharedActivity } from './shared-activity.ts'

const exchangeEveryMs = 2000
const tidyEveryMs = 60_000
const locks = { catalog: 0x57617666, start: 0x57617667 }

/** What a server has to do with the others of its store. */
export interface Servers extends AsyncDisposable {
  /** Held by the one that starts and ends instances, and does what else is done once for all. */
  lease: Lease
  activity: ActivityCounter
  /** Changes of which app uses which blob, one at a time. */
  catalogChanges: Lock
  /** What servers that start do one after the other. */
  starts: Lock
  /** @param isController whether this one may hold the lease */
  run(options: { isController: boolean }): void
}

interface ServersParts {
  db: Db
  databaseAddress: string
  changes: InstanceChanges
  clock: SteadyClock
  logger: Logger
  /** Told that something may be due. */
  wake: () => void
  /** Told again and again: what others may have changed is read anew. */
  refresh: () => Promise<void>
}

/** The embedded database has one server; PostgreSQL has as many as there are. */
export function openServers(parts: ServersParts): Servers {
  if (isPostgres(parts.databaseAddress)) return new SeveralServers(parts)
  return {
    lease: alone,
    activity: new ActivityCounter(),
    catalogChanges: new Serial(),
    starts: new Serial(),
    run() {},
    async [Symbol.asyncDispose]() {},
  }
}

class SeveralServers implements Servers {
  readonly activity: SharedActivity
  readonly lease: DatabaseLease
  readonly catalogChanges: Lock
  readonly starts: Lock
  readonly #id = randomUUID()
  readonly #parts: ServersParts
  readonly #repository: ServerRepository
  readonly #notices: Notices
  readonly #end = new AbortController()
  #isHearing = false
  #tidiedAt = Number.NEGATIVE_INFINITY
  #loop: Promise<void> | undefined

  constructor(parts: ServersParts) {
    const { changes, clock, databaseAddress: url, db } = parts
    this.#parts = parts
    this.#repository = new ServerRepository(db)
    this.activity = new SharedActivity(this.#repository, this.#id)
    this.lease = new DatabaseLease({
      name: 'controller',
      holder: this.#id,
      repository: this.#repository,
      clock,
      onTaken: () => this.#taken(),
    })
    this.catalogChanges = new DatabaseLock(db, locks.catalog)
    this.starts = new DatabaseLock(db, locks.start)
    this.#notices = new Notices({
      db,
      url,
      serverId: this.#id,
      onNotice: (words) => this.#hear(words),
      onGap: () => this.#hear(['all']),
    })
    changes.subscribe('all', (changed) => {
      if (!this.#isHearing) this.#notices.tell(changed)
    })
  }

  run({ isController }: { isController: boolean }): void {
    this.#notices.run()
    if (isController) this.lease.run()
    this.#loop ??= this.#rounds()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort()
    await this.#loop
    await this.lease[Symbol.asyncDispose]()
    await this.#notices[Symbol.asyncDispose]()
    await this.activity.exchange().catch(() => {})
    await this.#repository.leave(this.#id).catch(() => {})
  }

  #taken(): void {
    this.#parts.logger.info('This server looks after instances from now on')
    this.#parts.wake()
  }

  /** What another server says is told here as if it had happened here, and not back. */
  #hear(words: Changed[]): void {
    this.#isHearing = true
    for (const word of words) this.#parts.changes.tell(word)
    this.#isHearing = false
    this.#parts.wake()
  }

  async #rounds(): Promise<void> {
    const { clock, logger, refresh } = this.#parts
    const { signal } = this.#end
    while (!signal.aborted) {
      try {
        await this.activity.exchange()
        await refresh()
        if (this.lease.isHeld && clock.steady() - this.#tidiedAt > tidyEveryMs) {
          this.#tidiedAt = clock.steady()
          await this.#repository.tidy()
        }
      } catch (cause) {
        logger.warn({ err: cause }, 'What other servers did could not be read; it is tried again')
      }
      await delay(exchangeEveryMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }
}
