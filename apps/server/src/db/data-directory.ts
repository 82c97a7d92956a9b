import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

const waitForEndMs = 5000

/**
 * Makes the directory where it is missing and claims it for this process alone; one that is about to end is waited for.
 * The claim is a lock of the operating system's on an empty SQLite file, so that it goes with a process that is killed.
 *
 * @throws {DataDirectoryInUse} when another process holds it
 */
export function claimDataDirectory(path: string, { waitMs = waitForEndMs } = {}): Disposable {
  mkdirSync(path, { recursive: true, mode: 0o755 })
  const lock = new Sqlite(join(path, 'store.lock'), { timeout: waitMs })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if ((cause as { code?: unknown }).code === 'SQLITE_BUSY') throw new DataDirectoryInUse(path)
    throw cause
  }
  return { [Symbol.dispose]: () => void lock.close() }
}

export class DataDirectoryInUse extends Error {
  constructor(path: string) {
    super(
      `${path} is in use by a store that runs already. Stop that one, or give this one a directory (WAVE_STORE_DATA_DIR) and a port (WAVE_STORE_PORT) of its own.`,
    )
    this.name = 'DataDirectoryInUse'
  }
}
