import { sql } from 'kysely'
import type { ActivityTotals } from '../activity/activity-counter.ts'
import type { Db } from '../db/database.ts'

/** Epoch milliseconds by the database's clock, the one that all servers share. */
const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
/** A server that has said nothing for so long holds no connections of people any more. */
const goneAfterMs = 15_000
const forgottenAfterMs = 10 * 60_000
/** Whose counts those become that are forgotten. */
const gone = 'gone'

/** What servers of one PostgreSQL database know of each other. */
export class ServerRepository {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  /**
   * Takes a lease that is free or has run out, or holds it longer.
   *
   * @returns whether it is `holder`'s for `ttlMs` from now on
   */
  async takeLease(name: string, holder: string, ttlMs: number): Promise<boolean> {
    const expiresAt = sql<number>`${now} + ${ttlMs}::bigint`
    const taken = await this.#db
      .insertInto('lease')
      .values({ name, holder, expiresAt })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, expiresAt })
          .where((eb) => eb.or([eb('lease.holder', '=', holder), eb('lease.expiresAt', '<', now)])),
      )
      .returning('holder')
      .executeTakeFirst()
    return taken !== undefined
  }

  async leaveLease(name: string, holder: string): Promise<void> {
    await this.#db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute()
  }

  /** Says that the server is there. */
  async touch(id: string): Promise<void> {
    await this.#db
      .insertInto('server')
      .values({ id, seenAt: now })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ seenAt: now }))
      .execute()
  }

  async leave(id: string): Promise<void> {
    await this.#db.updateTable('server').set({ seenAt: 0 }).where('id', '=', id).execute()
  }

  /** Keeps what the server has counted by now. */
  async keepActivity(serverId: string, counted: ReadonlyMap<string, ActivityTotals>): Promise<void> {
    if (counted.size === 0) return
    const rows = [...counted].map(([instanceId, totals]) => ({ serverId, instanceId, ...totals }))
    await this.#db
      .insertInto('serverActivity')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['serverId', 'instanceId']).doUpdateSet((eb) => ({
          requests: eb.ref('excluded.requests'),
          signs: eb.ref('excluded.signs'),
          answers: eb.ref('excluded.answers'),
          sockets: eb.ref('excluded.sockets'),
        })),
      )
      .execute()
  }

  /** What all other servers have counted, by instance. */
  async activityOfOthers(serverId: string): Promise<Map<string, ActivityTotals>> {
    const rows = await this.#db
      .selectFrom('serverActivity')
      .leftJoin('server', 'server.id', 'serverActivity.serverId')
      .select(({ fn }) => [
        'instanceId',
        fn.sum<number>('requests').as('requests'),
        fn.sum<number>('signs').as('signs'),
        fn.sum<number>('answers').as('answers'),
        sql<number>`sum(case when "seenAt" > ${now} - ${goneAfterMs}::bigint then sockets else 0 end)`.as('sockets'),
      ])
      .where('serverActivity.serverId', '!=', serverId)
      .groupBy('instanceId')
      .execute()
    return new Map(rows.map(({ instanceId, ...totals }) => [instanceId, totals]))
  }

  /** What servers have counted that are gone for long becomes one row an instance; that of instances that are gone goes. */
  async tidy(): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      const old = transaction
        .deleteFrom('server')
        .where('seenAt', '<', sql<number>`${now} - ${forgottenAfterMs}::bigint`)
        .where('id', '!=', gone)
        .returning('id')
      const ids = (await old.execute()).map(({ id }) => id)
      if (ids.length > 0) {
        await sql`
          insert into "serverActivity" ("serverId", "instanceId", requests, signs, answers, sockets)
          select ${gone}, "instanceId", sum(requests), sum(signs), sum(answers), 0 from "serverActivity"
          where "serverId" in (${sql.join(ids)}) group by "instanceId"
          on conflict ("serverId", "instanceId") do update set
            requests = "serverActivity".requests + excluded.requests,
            signs = "serverActivity".signs + excluded.signs,
            answers = "serverActivity".answers + excluded.answers`.execute(transaction)
        await transaction.deleteFrom('serverActivity').where('serverId', 'in', ids).execute()
      }
      await transaction
        .deleteFrom('serverActivity')
        .where('instanceId', 'not in', transaction.selectFrom('instance').select('id'))
        .execute()
    })
  }
}
