import type { FailureCause, QueuePlace } from '@wave-store/contract'
import type { Selectable } from 'kysely'
import type { Database, Db } from '../db/database.ts'
import { noteFailure } from '../statistics/launch-repository.ts'
import type { InstanceChanges } from './instance-changes.ts'
import type { Reservation } from './reservation.ts'

type Kept = Selectable<Database['instance']>

const stateColumns = [
  'id',
  'appId',
  'wanted',
  'generation',
  'status',
  'phase',
  'phaseSince',
  'addressJson',
  'turn',
  'memoryReservation',
  'memoryLimit',
  'idleTimeoutMs',
  'keepAwakeUntil',
  'lastUsedAt',
  'silentSince',
  'restarts',
  'nextStartAt',
] as const

/** What is wanted of an instance and was last recorded of it, as far as its next step depends on it. */
export type InstanceState = Pick<Kept, (typeof stateColumns)[number]> & {
  /** 1: it had answered since somebody last asked for a start, and ended. */
  hasFailure: number
}

type OneStart = Pick<InstanceState, 'id' | 'generation'>

/** How a process is seen that is on its way or answers. */
export interface Sighting extends Pick<Kept, 'phase' | 'phaseSince'> {
  status: 'PENDING' | 'DEPLOYED'
  address: { host: string; port: number } | null
}

/** How a process ended, with what its log said last. */
export interface Ending {
  at: number
  failure: FailureCause
  log: string
}

const startsKept = 50

/**
 * What the reconciler writes. What it says of one start changes nothing once another was asked for, or the instance was
 * put to sleep or terminated.
 */
export class SightingRepository {
  readonly #db: Db
  readonly #changes: InstanceChanges

  constructor(db: Db, changes: InstanceChanges) {
    this.#db = db
    this.#changes = changes
  }

  /** Everything that the reconciler looks after, many times a second, by turn: without what is known of apps and people. */
  async states(): Promise<InstanceState[]> {
    return this.#db
      .selectFrom('instance')
      .select(stateColumns)
      .select((eb) => eb.case().when('failureJson', 'is', null).then(0).else(1).end().as('hasFailure'))
      .orderBy('turn')
      .execute()
  }

  /** A failure that is kept stays: it is an earlier one's. */
  async record(start: OneStart, { address, ...seen }: Sighting): Promise<void> {
    await this.#update(start, { ...seen, addressJson: address && JSON.stringify(address) })
  }

  /** It waits until `nextStartAt` and is started again. */
  async recordCrash(start: OneStart, { at, failure, log }: Ending, nextStartAt: number): Promise<void> {
    await this.#fail(start, {
      ...kept(failure, log),
      ...unreachable,
      status: 'PENDING',
      phase: 'backing_off',
      phaseSince: at,
      nextStartAt,
    })
  }

  async recordFailure(start: OneStart, { at, failure, log }: Ending): Promise<void> {
    await this.#fail(start, {
      ...kept(failure, log),
      ...unreachable,
      status: 'FAILED',
      phase: 'exited',
      phaseSince: at,
      nextStartAt: null,
    })
  }

  /**
   * Asks for another process by itself: its turn is the one that it had.
   *
   * @param next.restarts how often it was started again after a crash, this time included
   * @param next.lost how it was lost, when it had answered
   */
  async wantAgain(
    start: OneStart,
    next: { generation: number; restarts: number; now: number; lost?: FailureCause },
  ): Promise<void> {
    await this.#update(start, {
      ...(next.lost && kept(next.lost, '')),
      ...unreachable,
      generation: next.generation,
      restarts: next.restarts,
      status: 'PENDING',
      phase: 'queued',
      phaseSince: next.now,
      startedAt: next.now,
      nextStartAt: null,
    })
  }

  /** It has run for long enough: what was before is over. */
  async settle(start: OneStart): Promise<void> {
    await this.#update(start, { restarts: 0, failureJson: null, failureLog: null })
  }

  async recordSilence(start: OneStart, since: number | null): Promise<void> {
    await this.#update(start, { silentSince: since })
  }

  /** The runtime has ended it; nothing of it runs any more. */
  async recordAsleep(id: string, now: number): Promise<void> {
    await this.#db
      .updateTable('instance')
      .set({ phase: 'exited', phaseSince: now })
      .where('id', '=', id)
      .where('wanted', '=', 'suspended')
      .where('phase', '!=', 'exited')
      .execute()
    this.#changes.tell(id)
  }

  /** What its next process is given. */
  async setReservation(id: string, reservation: Reservation): Promise<void> {
    await this.#db.updateTable('instance').set(reservation).where('id', '=', id).execute()
    this.#changes.tell(id)
  }

  /** Where instances wait for their start, for the other servers: those whose place has changed. Null: of all others none waits. */
  async recordPlaces(places: ReadonlyMap<string, QueuePlace | null> | null): Promise<void> {
    if (places === null) {
      await this.#db.updateTable('instance').set({ queueJson: null }).where('queueJson', 'is not', null).execute()
      return
    }
    await this.#db.transaction().execute(async (transaction) => {
      for (const [id, place] of places)
        await transaction
          .updateTable('instance')
          .set({ queueJson: place && JSON.stringify(place) })
          .where('id', '=', id)
          .execute()
    })
  }

  /** When instances were last used, all in one write. */
  async recordUse(lastUsedAt: ReadonlyMap<string, number>): Promise<void> {
    if (lastUsedAt.size === 0) return
    await this.#db.transaction().execute(async (transaction) => {
      for (const [id, at] of lastUsedAt)
        await transaction.updateTable('instance').set({ lastUsedAt: at }).where('id', '=', id).execute()
    })
    for (const id of lastUsedAt.keys()) this.#changes.tell(id)
  }

  /** Keeps how long an app took to start; of each the latest only. */
  async recordStart(appId: string, at: number, durationMs: number): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      const app = await transaction.selectFrom('app').select('id').where('id', '=', appId).executeTakeFirst()
      if (!app) return
      await transaction.insertInto('instanceStart').values({ appId, at, durationMs }).execute()
      const oldest = await transaction
        .selectFrom('instanceStart')
        .select('at')
        .where('appId', '=', appId)
        .orderBy('at', 'desc')
        .offset(startsKept)
        .limit(1)
        .executeTakeFirst()
      if (oldest)
        await transaction.deleteFrom('instanceStart').where('appId', '=', appId).where('at', '<=', oldest.at).execute()
    })
  }

  async forget(id: string): Promise<void> {
    await this.#db.deleteFrom('instance').where('id', '=', id).where('wanted', '=', 'gone').execute()
    this.#changes.tell(id)
  }

  async #update(start: OneStart, values: Partial<Kept>): Promise<void> {
    await update(this.#db, start, values)
    this.#changes.tell(start.id)
  }

  /** Where it was what is said of that start, it counts as one of the app's failures. */
  async #fail(start: OneStart, values: Partial<Kept>): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      if (await update(transaction, start, values)) await noteFailure(transaction, start.id)
    })
    this.#changes.tell(start.id)
  }
}

/** False: another start was asked for since, or none. */
async function update(db: Db, { id, generation }: OneStart, values: Partial<Kept>): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('instance')
    .set(values)
    .where('id', '=', id)
    .where('generation', '=', generation)
    .where('wanted', '=', 'running')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** The address of a process that went may be another's before long. */
const unreachable = { addressJson: null, silentSince: null }

function kept(failure: FailureCause, log: string) {
  return { failureJson: JSON.stringify(failure), failureLog: log }
}
