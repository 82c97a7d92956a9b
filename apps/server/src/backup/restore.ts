import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { closeSignIns, examineSnapshot, type SnapshotFacts, SnapshotRefused } from '../db/snapshot.ts'
import type { End, Manifest } from './archive-format.ts'
import type { InstanceData } from './instance-data.ts'
import { providerKeysIn, secretKeysOf } from './kept-elsewhere.ts'
import { checkDatabase, checkingVisitor, StoreLayer } from './lay-store.ts'
import { BackupRefused, readArchive } from './read-archive.ts'
import { RestoreTarget } from './restore-target.ts'

export interface RestoreRequest {
  config: Pick<Config, 'dataDir' | 'secrets'>
  /** The backup's path. */
  file: string
  instancesIn: (dataDir: string) => Promise<InstanceData>
  /** Until the store is made, everything goes again. */
  signal: AbortSignal
}

export interface RestoreReport {
  manifest: Manifest
  /** Whether sign-ins at an issuer and clients' secrets go on with the keys that are here. */
  providerKeys: 'same' | 'other' | 'absent'
  /** Secrets whose key is not here. */
  unreadableSecrets: boolean
}

/**
 * Makes a store from a backup, in a directory where none is. All is checked before anything is written, and again before
 * it becomes a store.
 *
 * @throws {BackupRefused} with what is wrong and what to do; the directory is then as it was
 */
export async function restore({ config, file, instancesIn, signal }: RestoreRequest): Promise<RestoreReport> {
  const { dataDir } = config
  if (!existsSync(file)) throw new BackupRefused(`There is no file ${file}.`)
  await RestoreTarget.look(dataDir)
  const { manifest, end, blobs } = await check(file, signal)
  await using target = await RestoreTarget.open(dataDir, async () => (await instancesIn(dataDir)).isHeld())
  const instances = await instancesIn(target.staging)
  await using layer = new StoreLayer(target.staging, instances, end.gone)
  await readArchive(file, layer.visit, signal)
  await layer.finish()
  const facts = checkLaid(join(target.staging, 'store.db'), blobs)
  for (const { id, volumeBytes, resourcesBytes } of facts.instances) {
    signal.throwIfAborted()
    if (volumeBytes !== null) await instances.enclose(id, 'volume', volumeBytes)
    if (resourcesBytes !== null) await instances.enclose(id, 'resources', resourcesBytes)
  }
  closeSignIns(join(target.staging, 'store.db'), end.gone)
  signal.throwIfAborted()
  const known = await secretKeysOf(config)
  const providerKeys = await providerKeysIn(dataDir)
  await target.commit()
  return {
    manifest,
    providerKeys: providerKeys === null ? 'absent' : providerKeys === manifest.providerKeys ? 'same' : 'other',
    unreadableSecrets: facts.secretKeys.some((name) => !known.has(name)),
  }
}

async function check(file: string, signal: AbortSignal): Promise<{ manifest: Manifest; end: End; blobs: Set<string> }> {
  const seen = { database: null as string | null, blobs: new Set<string>() }
  const { manifest, end } = await readArchive(file, checkingVisitor(seen), signal)
  checkDatabase(manifest, seen.database)
  return { manifest, end, blobs: seen.blobs }
}

/** The database is one of ours, and finds every blob that it names. */
function checkLaid(database: string, blobs: Set<string>): SnapshotFacts {
  try {
    const facts = examineSnapshot(database)
    const missing = facts.blobs.filter((sha256) => !blobs.has(sha256))
    if (missing.length > 0) throw new BackupRefused(`${missing.length} bundles or pictures are missing in it.`)
    return facts
  } catch (cause) {
    if (cause instanceof SnapshotRefused) throw new BackupRefused(cause.message, { cause })
    throw cause
  }
}
