import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Database, Db } from './database.ts'
import { migrations } from './migrations.ts'
import { postgresDialect } from './postgres.ts'
import { sqliteDialect, sqliteReaderDialect } from './sqlite.ts'

/** Where the database is: a PostgreSQL server's address, or the embedded one's file, `:memory:` for none. */
export type DatabaseAddress = string

export function isPostgres(address: DatabaseAddress): boolean {
  return /^postgres(ql)?:/.test(address)
}

/**
 * Opens the database and brings its schema up to date. Every committed write is durable.
 *
 * @throws {DatabaseUnavailable} when no PostgreSQL answers; the engine's error when it was made by a newer version
 */
export async function openDatabase(address: DatabaseAddress): Promise<Db> {
  const dialect = isPostgres(address) ? postgresDialect(address) : sqliteDialect(address)
  const db = new Kysely<Database>({ dialect })
  if (isPostgres(address)) await requireAnswer(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** What PostgreSQL, or the way to it, said. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    const { message, code } = cause as { message?: string; code?: string }
    super(`The PostgreSQL database cannot be used: ${message || code}. See to WAVE_STORE_DATABASE_URL.`, { cause })
    this.name = 'DatabaseUnavailable'
  }
}

async function requireAnswer(db: Db): Promise<void> {
  try {
    await sql`select 1`.execute(db)
  } catch (cause) {
    await db.destroy()
    throw new DatabaseUnavailable(cause)
  }
}

/** A second connection to an open database, that sees what is committed and changes nothing. */
export function openReader(address: DatabaseAddress): Db {
  const dialect = isPostgres(address) ? postgresDialect(address, { readOnly: true }) : sqliteReaderDialect(address)
  return new Kysely<Database>({ dialect })
}

const codes = {
  unique: ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505'],
  reference: ['SQLITE_CONSTRAINT_FOREIGNKEY', '23503'],
  full: ['SQLITE_FULL', '53100'],
}

const isOneOf = (cause: unknown, known: string[]) => known.includes(String((cause as { code?: unknown }).code))

/** Whether a write failed because another row has the same key. */
export function isUniqueViolation(cause: unknown): boolean {
  return isOneOf(cause, codes.unique)
}

/** Whether a write failed because a row that it refers to is not there, or no longer. */
export function isMissingReference(cause: unknown): boolean {
  return isOneOf(cause, codes.reference)
}

/** Whether a write failed because the disk is full. */
export function isDiskFull(cause: unknown): boolean {
  return isOneOf(cause, codes.full)
}
