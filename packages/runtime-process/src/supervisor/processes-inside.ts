import { statfsSync, statSync } from 'node:fs'
import type { InstanceStats } from '@wave-store/runtime'
import type { Cgroup } from './cgroups/cgroups.ts'
import type { MemoryWatch } from './memory-watch.ts'
import { type ProcessRow, treeOf } from './process-tree.ts'

/** The processes of one run, from the start of its launcher to the end of it. */
export interface ProcessesInside {
  cgroup: Cgroup | null
  /** The first of them, outside of the sandbox's own namespaces but for that of mounts. */
  pid: number
  watch: MemoryWatch
  /** Where that process finds the volume, if it is a file system of its own. */
  volumeImageAt: string | null
}

export type Usage = Omit<InstanceStats, 'id' | 'generation'>

/** `table` is asked where no control group counts. */
export function usageOf({ cgroup, pid, watch, volumeImageAt }: ProcessesInside, table: () => ProcessRow[]): Usage {
  const volume = volumeImageAt === null ? undefined : mountedBytes(pid, volumeImageAt)
  const more = volume === undefined ? {} : { volumeBytes: volume }
  if (cgroup) {
    const { cpuMs, ...used } = cgroup.usage()
    return { cpuMs: Math.round(cpuMs), ...used, ...more }
  }
  const tree = treeOf(pid, table())
  const cpuMs = tree.reduce((sum, row) => sum + row.cpuMs, 0)
  return { cpuMs, memoryBytes: watch.treeBytes, processes: tree.length, ...more }
}

export function pidsOf({ cgroup, pid }: ProcessesInside, table: () => ProcessRow[]): number[] {
  return cgroup ? cgroup.pids() : treeOf(pid, table()).map((row) => row.pid)
}

/** Bytes in use on what is mounted at a path as that process sees it; undefined before it is. */
function mountedBytes(pid: number, at: string): number | undefined {
  try {
    const seen = `/proc/${pid}/root${at}`
    if (statSync(seen).dev === statSync(`${seen}/..`).dev) return undefined
    const { blocks, bfree, bsize } = statfsSync(seen)
    return (blocks - bfree) * bsize
  } catch {
    return undefined
  }
}
