import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type BackupReport, backUp } from '../backup/back-up.ts'
import { fileDestination } from '../backup/destination.ts'
import { type RestoreReport, restore } from '../backup/restore.ts'
import { readConfig } from '../config/read-config.ts'
import { openInstanceData } from '../open-runtime.ts'

/** A directory that goes with the test. */
export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'wave-backup-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** Backs a data directory up as the command does. */
export function backUpTo(
  file: string,
  dataDir: string,
  options: { signal?: AbortSignal; warn?: (text: string) => void } = {},
): Promise<BackupReport> {
  return backUp({
    dataDir,
    instances: () => openInstanceData(dataDir),
    destination: fileDestination(file),
    signal: options.signal ?? new AbortController().signal,
    warn: options.warn ?? (() => {}),
  })
}

/** Restores into a data directory as the command does. */
export function restoreTo(
  dataDir: string,
  file: string,
  environment: Record<string, string> = {},
): Promise<RestoreReport> {
  return restore({
    config: readConfig({ WAVE_STORE_DATA_DIR: dataDir, ...environment }, '/'),
    file,
    instancesIn: openInstanceData,
    signal: new AbortController().signal,
  })
}
