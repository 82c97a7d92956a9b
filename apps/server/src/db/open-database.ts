import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Database, Db } from './database.ts'
import { migrations } from './migrations.ts'
import { preparedOnce } from './prepared-once.ts'

/**
 * Opens the embedded database and brings its schema up to date. Every committed write is durable (WAL, FULL).
 *
 * @param path a file, or `:memory:`
 * @throws the engine's error when the file is no database or was made by a newer version.
 */
export async function openDatabase(path: string): Promise<Db> {
  const sqlite = new Sqlite(path)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('busy_timeout = 5000')
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: preparedOnce(sqlite) }) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** A second connection to an open database, that sees what is committed and changes nothing. */
export function openReader(path: string): Db {
  const sqlite = new Sqlite(path, { readonly: true, fileMustExist: true })
  sqlite.pragma('busy_timeout = 5000')
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: preparedOnce(sqlite) }) })
}

/** Whether a write failed because another row has the same key. */
export function isUniqueViolation(cause: unknown): boolean {
  const code = (cause as { code?: unknown }).code
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}

/** Whether a write failed because a row that it refers to is not there, or no longer. */
export function isMissingReference(cause: unknown): boolean {
  return (cause as { code?: unknown }).code === 'SQLITE_CONSTRAINT_FOREIGNKEY'
}

/** Whether a write failed because the disk is full. */
export function isDiskFull(cause: unknown): boolean {
  return (cause as { code?: unknown }).code === 'SQLITE_FULL'
}
