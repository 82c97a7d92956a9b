import { sql } from 'kysely'
import { Serial } from '../serial.ts'
import type { Db } from './database.ts'

/** What only one may do at a time. */
export interface Lock {
  run<T>(task: () => Promise<T>): Promise<T>
}

/** One at a time over all servers that use a PostgreSQL database; a server that ends lets go of it. */
export class DatabaseLock implements Lock {
  readonly #db: Db
  readonly #key: number
  /** Of this server only one waits in the database: each that did would hold a connection. */
  readonly #turns = new Serial()

  /** @param key what no other lock of the database has */
  constructor(db: Db, key: number) {
    this.#db = db
    this.#key = key
  }

  run<T>(task: () => Promise<T>): Promise<T> {
    return this.#turns.run(() =>
      this.#db.connection().execute(async (connection) => {
        await sql`select pg_advisory_lock(${this.#key})`.execute(connection)
        try {
          return await task()
        } finally {
          // Where that fails the connection is gone, and the lock with it: what was done is done.
          await sql`select pg_advisory_unlock(${this.#key})`.execute(connection).catch(() => {})
        }
      }),
    )
  }
}
