import { setTimeout as delay } from 'node:timers/promises'
import { RuntimeError } from '@wave-store/runtime'
import { storePaths } from './store-paths.ts'
import { SupervisorClient } from './supervisor-client.ts'

const endWithinMs = 5000

/**
 * Ends the supervisor of a data directory and with it every instance; volumes and logs stay. Without one it does
 * nothing.
 *
 * @returns whether there was one.
 */
export async function stopSupervisor(dataDir: string, { graceMs = 5000 } = {}): Promise<boolean> {
  let wasThere = false
  for (const deadline = Date.now() + graceMs + endWithinMs; ; await delay(10)) {
    const client = await SupervisorClient.connect(storePaths(dataDir))
    if (!client) return wasThere
    wasThere = true
    try {
      await shutDown(client, graceMs)
      return true
    } catch (error) {
      // One that ends by itself is waited for.
      if (!(error instanceof RuntimeError && error.code === 'unavailable') || Date.now() > deadline) throw error
    } finally {
      client.close()
    }
  }
}

async function shutDown(client: SupervisorClient, graceMs: number): Promise<void> {
  const { pid } = await client.call('hello', null)
  await client.call('shutdown', { graceMs })
  // It has nothing left to do then; where nobody reaps it, its number stays.
  for (const deadline = Date.now() + endWithinMs; isAlive(pid) && Date.now() < deadline; ) await delay(5)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
