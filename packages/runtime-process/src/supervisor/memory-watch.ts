import { readdirSync, readFileSync } from 'node:fs'
import type { Cgroup } from './cgroups/cgroups.ts'

const intervalMs = 500

export interface MemoryWatch {
  /** Looks a last time and ends the watch; true when memory ran out at any time. */
  end(): boolean
}

/**
 * Ends a process tree that runs out of memory. The kernel enforces a group's limit, but in version 1 it ends one
 * process only, which would leave half an app; without a group the tree's own memory is added up.
 */
export function watchMemory(cgroup: Cgroup | null, pid: number, limitBytes: number, kill: () => void): MemoryWatch {
  let exceeded = false
  const look = () => {
    const now = cgroup ? cgroup.oomKills() > 0 : treeBytes(pid) > limitBytes
    if (now && !exceeded) kill()
    exceeded ||= now
    return exceeded
  }
  const timer = setInterval(look, intervalMs)
  return {
    end: () => {
      clearInterval(timer)
      return cgroup ? look() : exceeded
    },
  }
}

/** Proportional set size of a process and all below it: shared pages count once. */
export function treeBytes(root: number): number {
  return tree(root).reduce((sum, pid) => sum + proportionalBytes(pid), 0)
}

function proportionalBytes(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function tree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : undefined
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found = [root]
  for (let index = 0; index < found.length; index++) found.push(...(children.get(found[index]!) ?? []))
  return found
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets, and may hold anything.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
