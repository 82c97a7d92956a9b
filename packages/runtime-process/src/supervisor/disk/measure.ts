import { readdirSync, statSync } from 'node:fs'
import { CommandError, runCommand } from '../run-command.ts'

const mostPaths = 500
const timeoutMs = 60_000

/** Bytes on disk of each path, one that is not there left out. What it could measure in a minute is what it gives. */
export async function bytesOf(paths: string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (let from = 0; from < paths.length; from += mostPaths) {
    const text = await du(paths.slice(from, from + mostPaths))
    for (const line of text.split('\n')) {
      const [bytes, path] = line.split('\t')
      if (path) found.set(path, Number(bytes))
    }
  }
  return found
}

/** Bytes of files that nobody finds any more and that the processes hold open. */
export function unlinkedBytes(pids: number[], device: number): number {
  const files = new Map<number, number>()
  for (const pid of pids) {
    for (const fd of descriptorsOf(pid)) {
      const stats = statSync(`/proc/${pid}/fd/${fd}`, { throwIfNoEntry: false })
      if (stats?.isFile() && stats.nlink === 0 && stats.dev === device) files.set(stats.ino, stats.blocks * 512)
    }
  }
  return [...files.values()].reduce((sum, bytes) => sum + bytes, 0)
}

async function du(paths: string[]): Promise<string> {
  try {
    return await runCommand('du', ['-s', '-x', '--block-size=1', '--', ...paths], '', timeoutMs)
  } catch (error) {
    // Files come and go while it looks.
    if (error instanceof CommandError) return error.stdout
    throw error
  }
}

function descriptorsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`)
  } catch {
    return []
  }
}
