import { sql } from 'kysely'
import type { Database, Db } from './database.ts'

/** In an order in which each refers to those before it alone. */
const tables = [
  'person',
  'account',
  'signIn',
  'session',
  'providerState',
  'upstreamLogin',
  'apiToken',
  'tag',
  'setting',
  'appName',
  'app',
  'appImage',
  'appTag',
  'catalogChange',
  'instance',
  'instanceCode',
  'instanceTicket',
  'instanceSample',
  'instanceStart',
  'launch',
  'alias',
  'secret',
  'secretValue',
  'auditEvent',
] as const satisfies (keyof Database)[]

/** What servers tell each other at the moment. */
type Passing = 'lease' | 'server' | 'serverActivity'
/** A table that is missing above does not compile. */
const isWhole: Exclude<keyof Database, (typeof tables)[number] | Passing> extends never ? true : never = true

/** Primary keys that count up by themselves. */
const counted = ['auditEvent', 'catalogChange'] as const
/** PostgreSQL takes no more values in one statement. */
const mostValues = 60_000
const rowsAtOnce = 1000

/** The target holds a store already. */
export class NotEmpty extends Error {}

/**
 * Copies all that an embedded database holds into an empty PostgreSQL database, whole or not at all.
 *
 * @returns how many rows there were
 * @throws {NotEmpty} where there is something in it
 */
export async function copyDatabase(from: Db, to: Db): Promise<number> {
  if (!isWhole) return 0
  return await to.transaction().execute(async (target) => {
    for (const table of tables) {
      const found = await target.selectFrom(table).select(sql`1`.as('one')).limit(1).execute()
      if (found.length > 0) throw new NotEmpty('The PostgreSQL database holds a store already: name an empty one.')
    }
    let rows = 0
    for (const table of tables) rows += await copyTable(from, target, table)
    for (const table of counted)
      await sql`
        select setval(pg_get_serial_sequence(${`"${table}"`}, 'id'), coalesce(max(id), 0) + 1, false) from ${sql.table(table)}`.execute(
        target,
      )
    return rows
  })
}

/** By pages of SQLite's own row number: no table has to fit into memory. */
async function copyTable(from: Db, to: Db, table: (typeof tables)[number]): Promise<number> {
  let count = 0
  for (let last = 0; ; ) {
    const page = await sql<Record<string, unknown> & { rowNumber: number }>`
      select rowid as "rowNumber", * from ${sql.table(table)} where rowid > ${last} order by rowid limit ${rowsAtOnce}`.execute(
      from,
    )
    const rows = page.rows.map(({ rowNumber: _, ...row }) => row)
    if (rows.length === 0) return count
    const atOnce = Math.max(1, Math.floor(mostValues / Object.keys(rows[0]!).length))
    for (let first = 0; first < rows.length; first += atOnce)
      await to
        .insertInto(table)
        .values(rows.slice(first, first + atOnce) as never)
        .execute()
    count += rows.length
    last = page.rows.at(-1)!.rowNumber
  }
}
