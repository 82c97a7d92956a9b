import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { ObservedInstance } from '@wave-store/runtime'
import { isInstanceId } from '@wave-store/runtime/driver'
import { type InstancePaths, instancePaths, type StorePaths } from '../store-paths.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** What of an instance outlives the supervisor. */
export interface InstanceRecord extends ObservedInstance {
  /** Its user, as long as any file of it is kept; null where all run as one. */
  uid: number | null
}

export function writeRecord(paths: InstancePaths, record: InstanceRecord): void {
  writeFileAtomically(paths.record, JSON.stringify(record))
}

/** All instances that have a directory; one whose record cannot be read is `lost`, never forgotten. */
export function readRecords(store: StorePaths): InstanceRecord[] {
  return readdirSync(store.instances)
    .filter(isInstanceId)
    .map((id) => readRecord(instancePaths(store, id), id))
}

function readRecord(paths: InstancePaths, id: string): InstanceRecord {
  try {
    const record = JSON.parse(readFileSync(paths.record, 'utf8')) as InstanceRecord
    return record.phase === 'exited' ? record : lost(record)
  } catch {
    return lost({ id, generation: 0, phase: 'queued', phaseSince: Date.now(), uid: ownerOf(paths) })
  }
}

/** What is left of an instance whose processes went away unseen. */
export function lost({ id, generation, uid }: InstanceRecord): InstanceRecord {
  const at = Date.now()
  const message = 'The app ended because the process that held it, or the machine, went away.'
  return { id, generation, uid, phase: 'exited', phaseSince: at, exit: { reason: 'lost', message, code: null, at } }
}

function ownerOf(paths: InstancePaths): number | null {
  const owner = statSync(paths.volume, { throwIfNoEntry: false })?.uid
  return owner === undefined || process.getuid?.() !== 0 ? null : owner
}
