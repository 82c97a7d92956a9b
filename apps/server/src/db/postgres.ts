import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type PostgresPoolClient,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'

const { Pool, types } = pg

/** More at once only wait for each other. */
const connections = 10
/** What no other program locks. */
const writersLock = 0x57617665
/** `bigint`, and what sums of it are: both within what a number holds. */
const numbers: ReadonlySet<number> = new Set([types.builtins.INT8, types.builtins.NUMERIC])

/**
 * PostgreSQL, in which transactions come one after the other, over all servers, as they do in the embedded database: what
 * one has counted or looked for holds until it has written. Single statements do not wait for them.
 *
 * @param url `postgres://user@host/database`, or with a socket `postgres:///database?host=/run/postgresql`
 */
export function postgresDialect(url: string, { readOnly = false } = {}): Dialect {
  const pool = new Pool({
    connectionString: url,
    max: readOnly ? 1 : connections,
    application_name: 'wave-app-store',
    ...(readOnly && { options: '-c default_transaction_read_only=on' }),
    types: {
      getTypeParser: ((type: number, format?: 'text' | 'binary') =>
        numbers.has(type) ? Number : types.getTypeParser(type, format as 'text')) as typeof types.getTypeParser,
    },
  })
  // A connection that breaks while nobody uses it is replaced by the next query.
  pool.on('error', () => {})
  const texts = withTexts(pool)
  const dialect = new PostgresDialect({ pool: texts })
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createDriver: (): Driver => new OneWriterDriver({ pool: texts }),
  }
}

/** What stands for NUL, which text of PostgreSQL cannot hold, and what apps print, or somebody sends, may. */
const replacement = '\uFFFD'

/** The pool, whose clients take any text. */
function withTexts(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const wrapped = (client: pg.PoolClient): PostgresPoolClient => ({
    query: ((sql: string, values: readonly unknown[]) =>
      client.query(sql, values.map(withoutNul))) as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
  })
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect()
      const own = known.get(client) ?? wrapped(client)
      known.set(client, own)
      return own
    },
    end: () => pool.end(),
  }
}

function withoutNul(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', replacement) : value
}

class OneWriterDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await super.beginTransaction(connection, settings)
    await connection.executeQuery(CompiledQuery.raw(`select pg_advisory_xact_lock(${writersLock})`))
  }
}
