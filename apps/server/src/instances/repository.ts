import type { InstanceStatus, Phase, Visibility } from '@wave-store/contract'
import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import { AppError } from '../app-error.ts'
import { countLaunch } from '../apps/name-repository.ts'
import type { AppFacts } from '../apps/policy.ts'
import { effectiveVisibility, idsOf, readVisitorRoles, visitorRoleLines } from '../db/app-facts.ts'
import type { Database, Db } from '../db/database.ts'
import { noteLaunch } from '../statistics/launch-repository.ts'
import type { InstanceChanges } from './instance-changes.ts'

type Kept = Selectable<Database['instance']>

export type InstanceRow = Kept & {
  ownerName: string
  ownerEmail: string
  appName: string
  appVersion: string
  appTitle: string
  appOwnerName: string
  manifestJson: string
  app: AppFacts
}

interface JoinedAppFacts {
  appOwnerId: string
  appVisibility: Visibility
  appLifecycle: AppFacts['lifecycle']
  visitorRoleLines: string | null
}

/** Of an instance on its way that has no process and is not about to have one. */
const waitingPhases: ReadonlySet<Phase> = new Set(['queued', 'backing_off'])
/** Of how many of its latest starts the median is what an app usually takes. */
const usualOf = 21

/** Instances as people know them, and what they ask for; what is seen of them is written elsewhere. */
export class InstanceRepository {
  readonly #db: Db
  readonly #changes: InstanceChanges
  readonly #config: { publicMode: boolean }

  constructor(db: Db, changes: InstanceChanges, config: { publicMode: boolean }) {
    this.#db = db
    this.#changes = changes
    this.#config = config
  }

  async byId(id: string): Promise<InstanceRow | undefined> {
    const row = await this.#rows().where('instance.id', '=', id).executeTakeFirst()
    return row && this.#read(row)
  }

  async ownedBy(ownerId: string): Promise<InstanceRow[]> {
    const rows = this.#rows().where('instance.ownerId', '=', ownerId).orderBy('instance.createdAt', 'desc')
    return (await rows.execute()).map((row) => this.#read(row))
  }

  async all(): Promise<InstanceRow[]> {
    const rows = await this.#rows().orderBy('instance.createdAt', 'desc').execute()
    return rows.map((row) => this.#read(row))
  }

  async ofApp(appId: string): Promise<InstanceRow[]> {
    const rows = this.#rows().where('instance.appId', '=', appId).orderBy('instance.createdAt', 'desc')
    return (await rows.execute()).map((row) => this.#read(row))
  }

  /** By instance, the app that it runs. */
  async appsOf(ids: string[]): Promise<Map<string, { id: string; title: string; version: string }>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('instance')
      .innerJoin('app', 'app.id', 'instance.appId')
      .select(['instance.id as instanceId', 'app.id', 'app.title', 'app.version'])
      .where('instance.id', 'in', ids)
      .execute()
    return new Map(rows.map(({ instanceId, ...app }) => [instanceId, app]))
  }

  /** How many there are in each state, and the bytes that those with a process, or about to have one, reserve. */
  async overview() {
    const rows = await this.#db
      .selectFrom('instance')
      .select(({ fn }) => [
        'status',
        'phase',
        fn.countAll<number>().as('count'),
        fn.sum<number>('memoryReservation').as('reserved'),
      ])
      .where('wanted', '!=', 'gone')
      .groupBy(['status', 'phase'])
      .execute()
    const waits = ({ phase, status }: (typeof rows)[number]) => status === 'PENDING' && waitingPhases.has(phase)
    const having = (status: InstanceStatus) => rows.filter((row) => row.status === status && !waits(row))
    const countOf = (some: typeof rows) => some.reduce((sum, { count }) => sum + Number(count), 0)
    const [deployed, pending] = [having('DEPLOYED'), having('PENDING')]
    return {
      deployed: countOf(deployed),
      pending: countOf(pending),
      queued: countOf(rows.filter(waits)),
      suspended: countOf(having('SUSPENDED')),
      failed: countOf(having('FAILED')),
      reservedBytes: [...deployed, ...pending].reduce((sum, { reserved }) => sum + Number(reserved), 0),
    }
  }

  async countOf(appId: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('instance')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('appId', '=', appId)
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  /** By app, of those that have any. */
  async countsOf(appIds: string[]): Promise<Map<string, number>> {
    if (appIds.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('instance')
      .select(({ fn }) => ['appId', fn.countAll<number>().as('count')])
      .where('appId', 'in', idsOf(appIds))
      .groupBy('appId')
      .execute()
    return new Map(rows.map(({ appId, count }) => [appId, Number(count)]))
  }

  /** Of nobody's use since then, and not kept awake on purpose; the longest unused first. */
  async unusedSince(then: number): Promise<InstanceRow[]> {
    const rows = this.#rows()
      .where('instance.wanted', '!=', 'gone')
      .where((where) =>
        where.or([where('instance.keepAwakeUntil', 'is', null), where('instance.keepAwakeUntil', '<', then)]),
      )
      .where('instance.startedAt', '<', then)
      .where((where) => where.or([where('instance.lastUsedAt', 'is', null), where('instance.lastUsedAt', '<', then)]))
      .where((where) => where.or([where('instance.suspendedAt', 'is', null), where('instance.suspendedAt', '<', then)]))
      .orderBy('instance.startedAt')
    return (await rows.execute()).map((row) => this.#read(row))
  }

  async ofOwners(ownerIds: string[]): Promise<InstanceRow[]> {
    if (ownerIds.length === 0) return []
    const rows = this.#rows().where('instance.ownerId', 'in', idsOf(ownerIds)).where('instance.wanted', '!=', 'gone')
    return (await rows.orderBy('instance.createdAt', 'desc').execute()).map((row) => this.#read(row))
  }

  /** Whether there are instances of the app, each of them on its way out. */
  async areAllTerminated(appId: string): Promise<boolean> {
    const rows = await this.#db.selectFrom('instance').select('wanted').where('appId', '=', appId).execute()
    return rows.length > 0 && rows.every(({ wanted }) => wanted === 'gone')
  }

  /** Per app, the newest instance that the owner has and that has not failed. */
  async latestOf(ownerId: string, appIds: string[]): Promise<Map<string, Pick<InstanceRow, 'id' | 'status'>>> {
    if (appIds.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('instance')
      .select(['id', 'appId', 'status'])
      .where('ownerId', '=', ownerId)
      .where('appId', 'in', appIds)
      .where('wanted', '!=', 'gone')
      .where('status', '!=', 'FAILED')
      .orderBy('createdAt')
      .execute()
    return new Map(rows.map((row) => [row.appId, row]))
  }

  /** Of which apps somebody has an instance that has not failed. */
  async appIdsOf(ownerId: string): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('instance')
      .select('appId')
      .distinct()
      .where('ownerId', '=', ownerId)
      .where('wanted', '!=', 'gone')
      .where('status', '!=', 'FAILED')
      .execute()
    return rows.map(({ appId }) => appId)
  }

  /** Per MANAGED app, the one instance that is kept for all. */
  async keptOf(appIds: string[]): Promise<Map<string, InstanceRow>> {
    if (appIds.length === 0) return new Map()
    const rows = await this.#rows()
      .where('instance.appId', 'in', appIds)
      .where('app.lifecycle', '=', 'MANAGED')
      .where('instance.wanted', '!=', 'gone')
      .orderBy('instance.createdAt')
      .execute()
    return new Map(rows.map((row) => [row.appId, this.#read(row)]))
  }

  /**
   * @throws {AppError} `quota_exceeded` when the owner has `quota` instances, `conflict` when the app is MANAGED and has
   * one, `not_found` when the app went in the same moment.
   */
  async insert(row: Omit<Database['instance'], 'turn'>, quota: number): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      const { count } = await transaction
        .selectFrom('instance')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('ownerId', '=', row.ownerId)
        .where('wanted', '!=', 'gone')
        .executeTakeFirstOrThrow()
      if (Number(count) >= quota) throw quotaExceeded(Number(count))
      const app = await transaction
        .selectFrom('app')
        .select(['name', 'lifecycle'])
        .where('id', '=', row.appId)
        .executeTakeFirst()
      if (!app) throw new AppError('not_found', 'The app was deleted meanwhile.')
      if (app.lifecycle === 'MANAGED') await requireNone(transaction, row.appId)
      await transaction
        .insertInto('instance')
        .values((eb) => ({ ...row, turn: nextTurn(eb) }))
        .execute()
      await noteLaunch(transaction, { instanceId: row.id, appId: row.appId, personId: row.ownerId, at: row.createdAt })
      await countLaunch(transaction, app.name)
    })
    this.#changes.tell(row.id)
  }

  async keepAwake(id: string, until: number | null): Promise<void> {
    await this.#db.updateTable('instance').set({ keepAwakeUntil: until }).where('id', '=', id).execute()
    this.#changes.tell(id)
  }

  async setVisibility(id: string, visibility: Visibility): Promise<void> {
    await this.#db.updateTable('instance').set({ visibility }).where('id', '=', id).execute()
    this.#changes.tell(id)
  }

  /** Puts it to sleep; false when it does not run. What failed stays as it is. */
  async wantSuspended(id: string, reason: 'owner' | 'idle', now: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('instance')
      .set({
        wanted: 'suspended',
        status: 'SUSPENDED',
        phase: 'stopping',
        phaseSince: now,
        suspendReason: reason,
        suspendedAt: now,
        addressJson: null,
        silentSince: null,
        nextStartAt: null,
        keepAwakeUntil: null,
      })
      .where('id', '=', id)
      .where('wanted', '=', 'running')
      .where('status', '!=', 'FAILED')
      .executeTakeFirstOrThrow()
    this.#changes.tell(id)
    return numUpdatedRows > 0n
  }

  /** Asks for a process where it sleeps; false when it does not. */
  wantResumed(id: string, now: number): Promise<boolean> {
    return this.#wantStart(id, now, 'suspended')
  }

  /** Asks for a fresh process, whatever became of the last one; false when the instance is on its way out. */
  wantRestart(id: string, now: number): Promise<boolean> {
    return this.#wantStart(id, now)
  }

  async #wantStart(id: string, now: number, from?: 'suspended'): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('instance')
      .set((eb) => ({
        generation: eb('generation', '+', 1),
        wanted: 'running',
        status: 'PENDING',
        phase: 'queued',
        phaseSince: now,
        startedAt: now,
        turn: nextTurn(eb),
        failureJson: null,
        failureLog: null,
        addressJson: null,
        silentSince: null,
        restarts: 0,
        nextStartAt: null,
        suspendReason: null,
        suspendedAt: null,
      }))
      .where('id', '=', id)
      .where('wanted', from ? '=' : '!=', from ?? 'gone')
      .executeTakeFirstOrThrow()
    this.#changes.tell(id)
    return numUpdatedRows > 0n
  }

  async wantGone(id: string, now: number): Promise<void> {
    await this.#db
      .updateTable('instance')
      .set({ wanted: 'gone', phase: 'stopping', phaseSince: now })
      .where('id', '=', id)
      .where('wanted', '!=', 'gone')
      .execute()
    this.#changes.tell(id)
  }

  /** See `usualStarts`; null when the app was never started. */
  async usualStartMs(appId: string): Promise<number | null> {
    return (await this.usualStarts([appId])).get(appId) ?? null
  }

  /** Median of the latest starts of each app that was started, in milliseconds. */
  async usualStarts(appIds: string[]): Promise<Map<string, number>> {
    if (appIds.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('instanceStart')
      .select(['appId', 'durationMs'])
      .where('appId', 'in', appIds)
      .orderBy('at', 'desc')
      .execute()
    const durations = Map.groupBy(rows, ({ appId }) => appId)
    return new Map([...durations].map(([appId, starts]) => [appId, median(starts.slice(0, usualOf))]))
  }

  #rows() {
    return this.#db
      .selectFrom('instance')
      .innerJoin('app', 'app.id', 'instance.appId')
      .innerJoin('person as owner', 'owner.id', 'instance.ownerId')
      .innerJoin('person as appOwner', 'appOwner.id', 'app.ownerId')
      .selectAll('instance')
      .select([
        'owner.name as ownerName',
        'owner.email as ownerEmail',
        'app.name as appName',
        'app.version as appVersion',
        'app.title as appTitle',
        'app.ownerId as appOwnerId',
        'app.visibility as appVisibility',
        'app.lifecycle as appLifecycle',
        'appOwner.name as appOwnerName',
        'app.manifestJson',
        visitorRoleLines.as('visitorRoleLines'),
      ])
  }

  #read<T extends Kept & JoinedAppFacts>(joined: T) {
    const { appOwnerId, appVisibility, appLifecycle, visitorRoleLines: lines, ...row } = joined
    return {
      ...row,
      visibility: effectiveVisibility(row.visibility, this.#config.publicMode),
      app: {
        ownerId: appOwnerId,
        visibility: effectiveVisibility(appVisibility, this.#config.publicMode),
        lifecycle: appLifecycle,
        visitorRoles: readVisitorRoles(lines),
      },
    }
  }
}

/** After everybody who has one; in order even where the clock stands still, or goes back. */
function nextTurn(eb: Pick<ExpressionBuilder<Database, 'instance'>, 'selectFrom'>) {
  return eb.selectFrom('instance').select(sql<number>`coalesce(max(turn), 0) + 1`.as('turn'))
}

function median(starts: { durationMs: number }[]): number {
  const durations = starts.map((start) => start.durationMs).sort((a, b) => a - b)
  return durations[durations.length >> 1]!
}

function quotaExceeded(count: number): AppError {
  const held =
    count === 0
      ? 'You may have no instances here'
      : `You have ${count === 1 ? '1 instance' : `${count} instances`}, as many as you may`
  const remedy = count === 0 ? 'ask an administrator' : 'sleeping and failed ones count: terminate one first'
  return new AppError('quota_exceeded', `${held}; ${remedy}.`)
}

async function requireNone(db: Db, appId: string): Promise<void> {
  const kept = await db
    .selectFrom('instance')
    .select('id')
    .where('appId', '=', appId)
    .where('wanted', '!=', 'gone')
    .executeTakeFirst()
  if (kept)
    throw new AppError(
      'conflict',
      `One instance is kept for everybody, and there is one: ${kept.id}. Terminate it first.`,
    )
}
