import { readdirSync, readFileSync, rmdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export function readNumbers(file: string): number[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

/** The number that a file consists of; 0 when it is absent. */
export function readNumber(file: string): number {
  return readNumbers(file)[0] ?? 0
}

/** A file of `key value` lines; empty when it is absent. */
export function readFields(file: string): Record<string, number> {
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    return Object.fromEntries(lines.map((line) => line.split(' ')).map(([key, value]) => [key, Number(value)]))
  } catch {
    return {}
  }
}

/** The value of `key` in a file of `key value` lines; 0 when either is absent. */
export function readField(file: string, key: string): number {
  return readFields(file)[key] ?? 0
}

export function killAll(pids: number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself in the meantime.
    }
  }
}

/** A group can be removed a moment after its last process has ended; `killAgain` runs before each try. */
export async function removeGroup(directory: string, killAgain: () => void): Promise<void> {
  const deadline = Date.now() + 10_000
  for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
    killAgain()
    if (tryRemove(directory)) return
    if (Date.now() > deadline) throw new Error(`Control group ${directory} cannot be removed: processes stay in it`)
    await delay(wait)
  }
}

function tryRemove(directory: string): boolean {
  try {
    rmdirSync(directory)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}

/** Directories of the groups below `parent`. */
export function childGroups(parent: string): string[] {
  try {
    return readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(parent, entry.name))
  } catch {
    return []
  }
}
