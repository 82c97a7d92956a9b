import { idsOf } from '../db/app-facts.ts'
import type { Database, Db } from '../db/database.ts'

export async function noteLaunch(
  transaction: Db,
  launch: Pick<Database['launch'], 'instanceId' | 'appId' | 'personId' | 'at'>,
): Promise<void> {
  await transaction.insertInto('launch').values(launch).execute()
}

export async function noteFailure(db: Db, instanceId: string): Promise<void> {
  await db
    .updateTable('launch')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('instanceId', '=', instanceId)
    .execute()
}

/** What one person did with one version. */
export interface UseOfApp {
  appId: string
  personId: string
  launches: number
  failures: number
}

/** How apps are used. */
export class LaunchRepository {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async usesOf(appIds: string[]): Promise<UseOfApp[]> {
    if (appIds.length === 0) return []
    const rows = await this.#db
      .selectFrom('launch')
      .select(({ fn }) => [
        'appId',
        'personId',
        fn.countAll<number>().as('launches'),
        fn.sum<number>('failures').as('failures'),
      ])
      .where('appId', 'in', idsOf(appIds))
      .groupBy(['appId', 'personId'])
      .execute()
    return rows.map((row) => ({ ...row, launches: Number(row.launches), failures: Number(row.failures) }))
  }

  /** By app, how long its latest starts took, in milliseconds, the shortest first. */
  async startsOf(appIds: string[]): Promise<Map<string, number[]>> {
    if (appIds.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('instanceStart')
      .select(['appId', 'durationMs'])
      .where('appId', 'in', idsOf(appIds))
      .orderBy('durationMs')
      .execute()
    const starts = Map.groupBy(rows, ({ appId }) => appId)
    return new Map([...starts].map(([appId, some]) => [appId, some.map(({ durationMs }) => durationMs)]))
  }
}
