import type { FailureCause, Visibility } from '@wave-store/contract'
import type { Selectable } from 'kysely'
import { AppError } from '../app-error.ts'
import type { AppFacts } from '../apps/policy.ts'
import { effectiveVisibility, readVisitorRoles, visitorRoleLines } from '../db/app-facts.ts'
import type { Database, Db } from '../db/database.ts'

/** What is wanted of an instance and was last seen of it. */
export type InstanceState = Selectable<Database['instance']>

export type InstanceRow = InstanceState & {
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

/** What the reconciler has seen of an instance. */
export interface Sighting extends Pick<InstanceRow, 'status' | 'phase' | 'phaseSince'> {
  failure: FailureCause | null
  address: { host: string; port: number } | null
}

export class InstanceRepository {
  readonly #db: Db
  readonly #publicMode: boolean

  constructor(db: Db, { publicMode }: { publicMode: boolean }) {
    this.#db = db
    this.#publicMode = publicMode
  }

  async byId(id: string): Promise<InstanceRow | undefined> {
    const row = await this.#rows().where('instance.id', '=', id).executeTakeFirst()
    return row && this.#read(row)
  }

  async ownedBy(ownerId: string): Promise<InstanceRow[]> {
    const rows = this.#rows().where('instance.ownerId', '=', ownerId).orderBy('instance.createdAt', 'desc')
    return (await rows.execute()).map((row) => this.#read(row))
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

  async countOf(appId: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('instance')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('appId', '=', appId)
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  /** Per app, the newest instance that the owner has and that has not failed. */
  async latestOf(ownerId: string, appIds: string[]): Promise<Map<string, string>> {
    if (appIds.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('instance')
      .select(['id', 'appId'])
      .where('ownerId', '=', ownerId)
      .where('appId', 'in', appIds)
      .where('wanted', '!=', 'gone')
      .where('status', '!=', 'FAILED')
      .orderBy('createdAt')
      .execute()
    return new Map(rows.map((row) => [row.appId, row.id]))
  }

  /** @throws {AppError} `quota_exceeded` when the owner has `quota` instances, `not_found` when the app went in the same moment. */
  async insert(row: Database['instance'], quota: number): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      const { count } = await transaction
        .selectFrom('instance')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('ownerId', '=', row.ownerId)
        .where('wanted', '!=', 'gone')
        .executeTakeFirstOrThrow()
      if (Number(count) >= quota)
        throw new AppError(
          'quota_exceeded',
          `You have ${count} instances, as many as this store allows. Terminate one first.`,
        )
      const app = await transaction.selectFrom('app').select('id').where('id', '=', row.appId).executeTakeFirst()
      if (!app) throw new AppError('not_found', 'The app was deleted meanwhile.')
      await transaction.insertInto('instance').values(row).execute()
    })
  }

  async keepAwake(id: string, until: number | null): Promise<void> {
    await this.#db.updateTable('instance').set({ keepAwakeUntil: until }).where('id', '=', id).execute()
  }

  async setVisibility(id: string, visibility: Visibility): Promise<void> {
    await this.#db.updateTable('instance').set({ visibility }).where('id', '=', id).execute()
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
    return numUpdatedRows > 0n
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
    return numUpdatedRows > 0n
  }

  async wantGone(id: string, now: number): Promise<void> {
    await this.#db
      .updateTable('instance')
      .set({ wanted: 'gone', phase: 'stopping', phaseSince: now })
      .where('id', '=', id)
      .where('wanted', '!=', 'gone')
      .execute()
  }

  /** Everything that the reconciler looks after, many times a second: without what is known of apps and people. */
  async states(): Promise<InstanceState[]> {
    return this.#db.selectFrom('instance').selectAll().execute()
  }

  /** Records what was seen of one generation; a sighting of an earlier one is out of date and changes nothing. */
  async record(instance: Pick<InstanceRow, 'id' | 'generation'>, seen: Sighting): Promise<void> {
    await this.#db
      .updateTable('instance')
      .set({
        status: seen.status,
        phase: seen.phase,
        phaseSince: seen.phaseSince,
        failureJson: seen.failure && JSON.stringify(seen.failure),
        addressJson: seen.address && JSON.stringify(seen.address),
      })
      .where('id', '=', instance.id)
      .where('generation', '=', instance.generation)
      .where('wanted', '=', 'running')
      .execute()
  }

  async recordStart(appId: string, at: number, durationMs: number): Promise<void> {
    await this.#db.insertInto('instanceStart').values({ appId, at, durationMs }).execute()
  }

  /** Median of the latest starts of an app, in milliseconds; null when there was none. */
  async usualStartMs(appId: string): Promise<number | null> {
    const rows = await this.#db
      .selectFrom('instanceStart')
      .select('durationMs')
      .where('appId', '=', appId)
      .orderBy('at', 'desc')
      .limit(21)
      .execute()
    const durations = rows.map((row) => row.durationMs).sort((a, b) => a - b)
    return durations[durations.length >> 1] ?? null
  }

  async forget(id: string): Promise<void> {
    await this.#db.deleteFrom('instance').where('id', '=', id).where('wanted', '=', 'gone').execute()
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

  #read<T extends InstanceState & JoinedAppFacts>(joined: T) {
    const { appOwnerId, appVisibility, appLifecycle, visitorRoleLines: lines, ...row } = joined
    return {
      ...row,
      visibility: effectiveVisibility(row.visibility, this.#publicMode),
      app: {
        ownerId: appOwnerId,
        visibility: effectiveVisibility(appVisibility, this.#publicMode),
        lifecycle: appLifecycle,
        visitorRoles: readVisitorRoles(lines),
      },
    }
  }
}
