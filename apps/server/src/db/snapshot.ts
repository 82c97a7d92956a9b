import Sqlite from 'better-sqlite3'
import { migrations } from './migrations.ts'

/** What a copy of the database refers to, and what it counts. */
export interface SnapshotFacts {
  migrations: string[]
  /** SHA-256 of every blob that an app needs. */
  blobs: string[]
  /** All that are not on their way out. */
  instances: { id: string; volumeBytes: number | null; resourcesBytes: number | null }[]
  counts: { apps: number; people: number; instances: number; secrets: number }
  /** Names of the keys that its secrets are sealed with. */
  secretKeys: string[]
}

/** Copies the database as it is at one moment, while others write to it. The copy is one file and needs no other. */
export async function takeSnapshot(from: string, to: string): Promise<SnapshotFacts> {
  const source = new Sqlite(from, { fileMustExist: true, timeout: 5000 })
  try {
    // In one step: between two, another process's write would make the copy begin again.
    await source.backup(to, { progress: ({ totalPages }) => Math.max(totalPages, 1) })
  } finally {
    source.close()
  }
  using copy = open(to)
  copy.db.pragma('journal_mode = DELETE')
  return factsOf(copy.db)
}

/**
 * Reads a copy after it was found to be whole.
 *
 * @throws {SnapshotRefused} when it is damaged, or made by a newer version than this
 */
export function examineSnapshot(path: string): SnapshotFacts {
  try {
    return examine(path)
  } catch (cause) {
    if (!(cause instanceof Sqlite.SqliteError)) throw cause
    throw new SnapshotRefused('Its database is damaged.', { cause })
  }
}

function examine(path: string): SnapshotFacts {
  using copy = open(path)
  const [found] = copy.db.pragma('integrity_check(1)') as { integrity_check: string }[]
  if (found?.integrity_check !== 'ok') throw new SnapshotRefused('Its database is damaged.')
  const dangling = copy.db.pragma('foreign_key_check') as unknown[]
  if (dangling.length > 0) throw new SnapshotRefused('Its database refers to what is not in it.')
  const facts = factsOf(copy.db)
  const unknown = facts.migrations.filter((name) => !(name in migrations))
  if (unknown.length > 0)
    throw new SnapshotRefused(`It was made by a newer version of the store, which this one does not know: ${unknown}.`)
  return facts
}

/**
 * What was open when the copy was made is not open in what is made from it: whoever signed out since stays so. Instances
 * that were terminated while the backup was made go as well.
 */
export function closeSignIns(path: string, gone: string[]): void {
  using copy = open(path)
  copy.db.pragma('foreign_keys = ON')
  copy.db.transaction(() => {
    for (const table of ['session', 'signIn', 'providerState']) copy.db.exec(`DELETE FROM "${table}"`)
    const end = copy.db.prepare(`UPDATE instance SET wanted = 'gone', phase = 'stopping' WHERE id = ?`)
    for (const id of gone) end.run(id)
  })()
}

export class SnapshotRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SnapshotRefused'
  }
}

function open(path: string): Disposable & { db: Sqlite.Database } {
  const db = new Sqlite(path, { fileMustExist: true })
  db.pragma('trusted_schema = OFF')
  return { db, [Symbol.dispose]: () => void db.close() }
}

/** A sealed value begins with the name of its key. */
const secretKeysQuery = `SELECT DISTINCT substr(sealed, 1, instr(sealed, '.') - 1) AS name FROM secretValue`

function factsOf(db: Sqlite.Database): SnapshotFacts {
  const all = <T>(query: string) => db.prepare<[], T>(query).all()
  const count = (table: string) => all<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`)[0]?.n ?? 0
  const has = (table: string) =>
    all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name = '${table}'`).length > 0
  try {
    return {
      migrations: all<{ name: string }>('SELECT name FROM kysely_migration ORDER BY name').map(({ name }) => name),
      blobs: all<{ sha256: string }>(
        'SELECT bundleSha256 AS sha256 FROM app UNION SELECT sha256 FROM appImage ORDER BY 1',
      ).map(({ sha256 }) => sha256),
      instances: all(
        `SELECT instance.id,
           json_extract(app.manifestJson, '$.runtime.volume.sizeBytes') AS volumeBytes,
           json_extract(app.manifestJson, '$.runtime.resourceVolumeBytes') AS resourcesBytes
         FROM instance JOIN app ON app.id = instance.appId WHERE wanted != 'gone' ORDER BY instance.createdAt`,
      ),
      secretKeys: has('secretValue') ? all<{ name: string }>(secretKeysQuery).map(({ name }) => name) : [],
      counts: {
        apps: count('app'),
        people: count('person'),
        instances: count('instance'),
        secrets: has('secretValue') ? count('secretValue') : 0,
      },
    }
  } catch (cause) {
    throw new SnapshotRefused(`It holds no database of a store: ${(cause as Error).message}.`)
  }
}
