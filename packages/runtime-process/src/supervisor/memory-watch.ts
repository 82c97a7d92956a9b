import type { Cgroup } from './cgroups/cgroups.ts'
import { heldBytes, readProcessTable, treeOf } from './process-tree.ts'

const intervalMs = 500

export interface MemoryWatch {
  /** What the tree held at the latest look, where no group counts it. */
  readonly treeBytes: number
  /** Looks a last time and ends the watch; true when memory ran out at any time. */
  end(): boolean
}

/**
 * Ends a process tree that runs out of memory. The kernel enforces a group's limit, but in version 1 it ends one
 * process only, which would leave half an app; without a group the tree's own memory is added up.
 */
export function watchMemory(cgroup: Cgroup | null, pid: number, limitBytes: number, kill: () => void): MemoryWatch {
  let exceeded = false
  let bytes = 0
  const look = () => {
    if (!cgroup) bytes = treeBytes(pid)
    const now = cgroup ? cgroup.oomKills() > 0 : bytes > limitBytes
    if (now && !exceeded) kill()
    exceeded ||= now
    return exceeded
  }
  const timer = setInterval(look, intervalMs)
  return {
    get treeBytes() {
      if (!cgroup && bytes === 0) bytes = treeBytes(pid)
      return bytes
    },
    end: () => {
      clearInterval(timer)
      return cgroup ? look() : exceeded
    },
  }
}

function treeBytes(root: number): number {
  return treeOf(root, readProcessTable()).reduce((sum, { pid }) => sum + heldBytes(pid), 0)
}
