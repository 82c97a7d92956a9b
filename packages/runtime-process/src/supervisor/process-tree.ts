import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessRow {
  pid: number
  parent: number
  /** Its own CPU time and that of its children which have ended, in milliseconds. */
  cpuMs: number
}

/** Linux tells CPU time in hundredths of a second, whatever its own clock is. */
const msPerTick = 10

/** All processes of this machine at one moment. */
export function readProcessTable(): ProcessRow[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? rowOf(Number(name)) : []))
}

/** A process and all below it. */
export function treeOf(root: number, table: ProcessRow[]): ProcessRow[] {
  const found = table.filter(({ pid }) => pid === root)
  const children = Map.groupBy(table, ({ parent }) => parent)
  for (let index = 0; index < found.length; index++) found.push(...(children.get(found[index]!.pid) ?? []))
  return found
}

/** Proportional set size: pages that processes share count once. */
export function heldBytes(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function rowOf(pid: number): ProcessRow[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets, and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0)
    return [{ pid, parent: Number(fields[1]), cpuMs: ticks * msPerTick }]
  } catch {
    return []
  }
}
