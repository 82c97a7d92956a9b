import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { BlobStore } from '@wave-store/storage'
import { stageFile } from '@wave-store/storage'
import { loadProviderKeys } from '../auth/provider-keys.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config.ts'
import { copyDatabase } from '../db/copy-database.ts'
import { claimDataDirectory } from '../db/data-directory.ts'
import type { Db } from '../db/database.ts'
import { openDatabase } from '../db/open-database.ts'
import { openBlobs } from '../open-blobs.ts'
import { openKeyRing } from '../secrets/open-key-ring.ts'
import { shareKeys } from '../servers/shared-keys.ts'
import { SettingRepository } from '../settings/repository.ts'

export interface Moved {
  /** Rows of the database; null: it stays. */
  rows: number | null
  /** Bundles and images; null: they stay. */
  blobs: number | null
}

/**
 * Copies what an embedded store keeps to where the settings say that it is from now on: PostgreSQL, S3 or both. What was copied stays
 * where it was; the store must not run.
 *
 * @throws {ConfigError} where the settings name neither
 * @throws {DataDirectoryInUse} while a store runs on it
 */
export async function moveStore(config: Config): Promise<Moved> {
  const { databaseUrl, dataDir, s3 } = config
  const embedded = join(dataDir, 'store.db')
  if (databaseUrl === null && s3 === null)
    throw new ConfigError([
      'Name where the store is to be moved: WAVE_STORE_DATABASE_URL for a PostgreSQL database, WAVE_STORE_S3_BUCKET for bundles.',
    ])
  if (!existsSync(embedded)) throw new ConfigError([`There is no embedded store in ${dataDir} (WAVE_STORE_DATA_DIR).`])
  using _claim = claimDataDirectory(dataDir)
  await using unwind = new AsyncDisposableStack()
  const from = unwind.adopt(await openDatabase(embedded), (db) => db.destroy())
  // Bundles first: a database that is there has all that it names.
  const blobs = s3 === null ? null : await moveBlobs(from, config)
  if (databaseUrl === null) return { rows: null, blobs }
  const to = unwind.adopt(await openDatabase(databaseUrl), (db) => db.destroy())
  const rows = await copyDatabase(from, to)
  const keys = await loadProviderKeys(join(dataDir, 'keys.json'))
  await shareKeys(new SettingRepository(to), await openKeyRing(config), { own: keys, isNew: false })
  return { rows, blobs }
}

/** Each is there whole or not at all, and one that is there already is not sent again: moving may be cut off and repeated. */
async function moveBlobs(from: Db, config: Config): Promise<number> {
  const [source, target] = [await openBlobs({ ...config, s3: null }), await openBlobs(config)]
  const hashes = await blobsOf(from)
  for (const sha256 of hashes) await copyBlob(source, target, sha256)
  return hashes.length
}

async function copyBlob(source: BlobStore, target: BlobStore, sha256: string): Promise<void> {
  const maxBytes = Number.POSITIVE_INFINITY
  await using staged = await stageFile(await source.read(sha256), { directory: target.stagingDirectory, maxBytes })
  await target.put(staged)
}

async function blobsOf(db: Db): Promise<string[]> {
  const bundles = await db.selectFrom('app').select('bundleSha256 as sha256').distinct().execute()
  const images = await db.selectFrom('appImage').select('sha256').distinct().execute()
  return [...new Set([...bundles, ...images].map(({ sha256 }) => sha256))]
}
