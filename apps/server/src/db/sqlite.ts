import Sqlite from 'better-sqlite3'
import { type Dialect, SqliteDialect } from 'kysely'
import { preparedOnce } from './prepared-once.ts'

/** The embedded database: every committed write is durable (WAL, FULL). @param path a file, or `:memory:` */
export function sqliteDialect(path: string): Dialect {
  const sqlite = new Sqlite(path)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('busy_timeout = 5000')
  return new SqliteDialect({ database: preparedOnce(sqlite) })
}

/** Another connection to it, that changes nothing. */
export function sqliteReaderDialect(path: string): Dialect {
  const sqlite = new Sqlite(path, { readonly: true, fileMustExist: true })
  sqlite.pragma('busy_timeout = 5000')
  return new SqliteDialect({ database: preparedOnce(sqlite) })
}
