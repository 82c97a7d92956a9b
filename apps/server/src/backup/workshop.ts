import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const prefix = 'backup-'

/** One at a time: two would hold the same volumes still, and the first to end would let go of both. */
export class BackupUnderWay extends Error {
  constructor(directory: string, pid: number) {
    super(`Another backup is under way, as process ${pid}. Where that is something else, remove ${directory}.`)
    this.name = 'BackupUnderWay'
  }
}

/**
 * A directory below the data directory for one backup under way; what a killed one has left is removed first.
 *
 * @throws {BackupUnderWay}
 */
export async function openWorkshop(dataDir: string): Promise<AsyncDisposable & { path: string }> {
  for (const name of await readdir(dataDir)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
    if (!Number.isInteger(pid)) continue
    if (pid !== process.pid && isAlive(pid)) throw new BackupUnderWay(join(dataDir, name), pid)
    await remove(join(dataDir, name))
  }
  const path = join(dataDir, `${prefix}${process.pid}`)
  await mkdir(path, { mode: 0o700 })
  return { path, [Symbol.asyncDispose]: () => remove(path) }
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}
