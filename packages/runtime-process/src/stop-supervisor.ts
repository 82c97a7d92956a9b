import { setTimeout as delay } from 'node:timers/promises'
import { storePaths } from './store-paths.ts'
import { SupervisorClient } from './supervisor-client.ts'

/**
 * Ends the supervisor of a data directory and with it every instance; volumes and logs stay. Without one it does
 * nothing.
 *
 * @returns whether there was one.
 */
export async function stopSupervisor(dataDir: string, { graceMs = 5000 } = {}): Promise<boolean> {
  const client = await SupervisorClient.connect(storePaths(dataDir))
  if (!client) return false
  try {
    const { pid } = await client.call('hello', null)
    await client.call('shutdown', { graceMs })
    // It has nothing left to do then; where nobody reaps it, its number stays.
    for (const deadline = Date.now() + 5000; isAlive(pid) && Date.now() < deadline; ) await delay(5)
  } finally {
    client.close()
  }
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
