import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { claimDataDirectory, DataDirectoryInUse } from '../db/data-directory.ts'
import { BackupRefused } from './read-archive.ts'

/** What may stand in a data directory that a backup is restored into: set-up's, keys that were put there, our own lock. */
const allowed = new Set(['tools', 'home', 'keys.json', 'secrets.key', 'store.lock', 'store.lock-journal'])
const stagingName = 'restoring'
/** The database comes last: a directory without one has no store in it. */
const arriving = ['bundles', 'runtime', 'store.db'] as const

/** A data directory that waits for a store, claimed so that none starts on it. What is not committed goes again. */
export class RestoreTarget implements AsyncDisposable {
  readonly #dataDir: string
  readonly #wasThere: boolean
  readonly #claim: Disposable
  #committed = false

  private constructor(dataDir: string, wasThere: boolean, claim: Disposable) {
    this.#dataDir = dataDir
    this.#wasThere = wasThere
    this.#claim = claim
  }

  /**
   * Looks without changing anything.
   *
   * @throws {BackupRefused} where something is that a restore would cover
   */
  static async look(dataDir: string): Promise<void> {
    if (!existsSync(dataDir)) return
    const names = await readdir(dataDir)
    if (names.includes('store.db') && isInUse(dataDir))
      throw new BackupRefused(
        `A store runs on ${dataDir}. Stop it, move its directory away, and restore again; or name another with WAVE_STORE_DATA_DIR.`,
      )
    const isInterrupted = names.includes(stagingName) && !names.includes('store.db')
    const others = names.filter((name) => !allowed.has(name))
    if (others.length === 0 || isInterrupted) return
    throw new BackupRefused(
      `${dataDir} is not empty: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ' …' : ''}. Move it away, and restore again; or name another with WAVE_STORE_DATA_DIR.`,
    )
  }

  /** @throws {BackupRefused} as `look`, or when apps of a store that was there still run */
  static async open(dataDir: string, isHeld: () => Promise<boolean>): Promise<RestoreTarget> {
    await RestoreTarget.look(dataDir)
    const wasThere = existsSync(dataDir)
    await using unwind = new AsyncDisposableStack()
    const target = unwind.use(new RestoreTarget(dataDir, wasThere, claimDataDirectory(dataDir)))
    if (await isHeld()) throw new BackupRefused(`Apps of a store in ${dataDir} still run. End them: npm run stop`)
    await target.#clear()
    await mkdir(target.staging, { mode: 0o700 })
    unwind.move()
    return target
  }

  /** Where the store is laid, on the data directory's own file system. */
  get staging(): string {
    return join(this.#dataDir, stagingName)
  }

  /** Makes a store of what was laid; everything is on the disk before. */
  async commit(): Promise<void> {
    await sync(this.staging)
    for (const name of arriving) {
      const from = join(this.staging, name)
      if (existsSync(from)) await rename(from, join(this.#dataDir, name))
      await syncDirectory(this.#dataDir)
    }
    this.#committed = true
    await rm(this.staging, { recursive: true, force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#committed) await this.#clear()
    this.#claim[Symbol.dispose]()
    if (this.#committed || this.#wasThere) return
    await rm(join(this.#dataDir, 'store.lock'), { force: true })
    await rmdir(this.#dataDir).catch(() => undefined)
  }

  /** Nothing of it was ever a store: the database would be there. */
  async #clear(): Promise<void> {
    for (const name of [...arriving, stagingName]) await rm(join(this.#dataDir, name), { recursive: true, force: true })
  }
}

function isInUse(dataDir: string): boolean {
  try {
    claimDataDirectory(dataDir, { waitMs: 0 })[Symbol.dispose]()
    return false
  } catch (cause) {
    if (cause instanceof DataDirectoryInUse) return true
    throw cause
  }
}

async function sync(directory: string): Promise<void> {
  const [code] = await once(spawn('sync', ['--file-system', directory], { stdio: 'ignore' }), 'exit')
  if (code !== 0) throw new Error(`${directory} could not be written to the disk.`)
}

async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, 'r')
  await directory.sync()
}
