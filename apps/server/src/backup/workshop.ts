import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const prefix = 'backup-'

/** A directory below the data directory for one backup under way; what a killed one has left is removed first. */
export async function openWorkshop(dataDir: string): Promise<AsyncDisposable & { path: string }> {
  for (const name of await readdir(dataDir)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
    if (Number.isInteger(pid) && (pid === process.pid || !isAlive(pid))) await remove(join(dataDir, name))
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
