import type Sqlite from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

/** More shapes of queries than this store has; lists of varying length in a query make ever new ones. */
const keptAtMost = 500

/**
 * The database as Kysely sees it, with every query compiled once: to compile one costs more than to run it. Queries are
 * run to their end before the next one begins, so two never share a statement that is under way.
 */
export function preparedOnce(sqlite: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => void sqlite.close(),
    prepare(sql) {
      const known = kept.get(sql)
      // What was used last stands last; what stands first goes first.
      kept.delete(sql)
      const statement = known ?? sqlite.prepare(sql)
      kept.set(sql, statement)
      if (kept.size > keptAtMost) kept.delete(kept.keys().next().value as string)
      return statement
    },
  }
}
