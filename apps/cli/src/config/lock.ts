import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Longer than whoever holds a lock needs it: a request to the identity provider, and a write. */
const heldAtMostMs = 60_000
const lookEveryMs = 50

/** Does something that two commands must not do at once. One that ended without giving the lock back holds it no longer. */
export async function withLock<T>(path: string, act: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  while (!(await take(path))) {
    await dropWhenStale(path)
    await wait(lookEveryMs)
  }
  try {
    return await act()
  } finally {
    await rm(path, { force: true })
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function dropWhenStale(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found && Date.now() - found.mtimeMs > heldAtMostMs) await rm(path, { force: true })
}
