import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type SnapshotFacts, takeSnapshot } from '../db/snapshot.ts'
import { version } from '../version.ts'
import { formatVersion } from './archive-format.ts'
import { BlobLinks } from './blob-links.ts'
import type { Destination } from './destination.ts'
import type { InstanceData } from './instance-data.ts'
import { providerKeysIn } from './kept-elsewhere.ts'
import { openWorkshop } from './workshop.ts'
import { ArchiveWriter } from './write-archive.ts'

export interface BackupRequest {
  dataDir: string
  instances: () => Promise<InstanceData>
  destination: Destination
  signal: AbortSignal
  /** Told what an operator should know; in words for people. */
  warn: (text: string) => void
}

export interface BackupReport {
  apps: number
  blobs: number
  /** Instances whose data is in it. */
  instances: number
  sizeBytes: number
}

/** There is nothing to back up. */
export class NoStore extends Error {
  constructor(dataDir: string) {
    super(`There is no store in ${dataDir}. WAVE_STORE_DATA_DIR names the directory of the store, as at its start.`)
    this.name = 'NoStore'
  }
}

/** Blobs come and go while we look; a catalog in which that happens in every one of so many looks is not known. */
const mostLooks = 20

/**
 * Writes all of a store into one stream, whether it runs or not: the database as it is at one moment, the blobs that it
 * needs then, and what instances keep, file by file after that.
 *
 * @throws {NoStore}; the destination's error, with nothing left behind
 */
export async function backUp(request: BackupRequest): Promise<BackupReport> {
  const { dataDir, destination, signal } = request
  if (!existsSync(join(dataDir, 'store.db'))) throw new NoStore(dataDir)
  await using workshop = await openWorkshop(dataDir)
  const held = await holdStore(dataDir, workshop.path, signal)
  const archive = new ArchiveWriter()
  const received = destination.receive(archive.output, signal)
  const written = fill(archive, held, request)
  for (const side of [received, written]) side.catch((cause: unknown) => archive.abort(cause))
  // Whichever side fails, the receiving one says why.
  const [receiving, writing] = await Promise.allSettled([received, written])
  if (receiving.status === 'rejected') throw receiving.reason
  if (writing.status === 'rejected') throw writing.reason
  const { counts, blobs } = held.facts
  return { apps: counts.apps, blobs: blobs.length, instances: writing.value, sizeBytes: archive.sizeBytes }
}

interface HeldStore {
  at: Date
  workshop: string
  database: string
  facts: SnapshotFacts
  blobs: BlobLinks
}

/** A copy of the database, and hold of every blob that it needs. */
async function holdStore(dataDir: string, workshop: string, signal: AbortSignal): Promise<HeldStore> {
  for (let look = 0; look < mostLooks; look++) {
    signal.throwIfAborted()
    const blobs = await BlobLinks.hold(join(dataDir, 'bundles'), join(workshop, `blobs-${look}`))
    const database = join(workshop, `store-${look}.db`)
    const at = new Date()
    const facts = await takeSnapshot(join(dataDir, 'store.db'), database)
    if (await blobs.keepOnly(facts.blobs)) return { at, workshop, database, facts, blobs }
  }
  throw new Error('A file that an app needs is not there: the app cannot be started, nor backed up. Delete the app.')
}

/** @returns of how many instances data is in it */
async function fill(archive: ArchiveWriter, held: HeldStore, request: BackupRequest): Promise<number> {
  const { at, database, facts, blobs } = held
  await archive.manifest({
    kind: 'wave-app-store-backup',
    format: formatVersion,
    storeVersion: version,
    at: at.toISOString(),
    migrations: facts.migrations,
    database: { sizeBytes: (await stat(database)).size, sha256: await digestOf(database) },
    blobs: { count: facts.blobs.length, sizeBytes: await blobs.sizeBytes(facts.blobs) },
    counts: facts.counts,
    providerKeys: await providerKeysIn(request.dataDir),
  })
  await archive.file({ kind: 'database' }, database)
  for (const sha256 of facts.blobs) await archive.file({ kind: 'blob', sha256 }, blobs.path(sha256))
  const { full, gone } = await addInstances(archive, held, request)
  await archive.end([...gone])
  return full.size
}

/** @returns ids of instances whose data is in it, and of those that were deleted meanwhile */
async function addInstances(archive: ArchiveWriter, held: HeldStore, { signal, warn, ...request }: BackupRequest) {
  const instances = await request.instances()
  const full = new Set<string>()
  const gone = new Set<string>()
  for (const { id, resourcesBytes } of held.facts.instances)
    for (const part of instances.parts(id, { ownResources: resourcesBytes !== null })) {
      signal.throwIfAborted()
      const reader = { workshop: held.workshop, warn: (text: string) => warn(`Instance ${id}: ${text}`) }
      try {
        await archive.stream({ id, part }, instances.read(id, part, reader))
        full.add(id)
      } catch (cause) {
        if ((cause as Error).name !== 'PartGone') throw cause
        gone.add(id)
      }
    }
  return { full: full.difference(gone), gone }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
