import { storePaths } from './store-paths.ts'
import { SupervisorClient } from './supervisor-client.ts'

/**
 * Ends the supervisor of a data directory and with it every instance; volumes and logs stay. Without one it does
 * nothing.
 *
 * @returns whether there was one.
 */
export async function stopSupervisor(dataDir: string, { graceMs = 5000 } = {}): Promise<boolean> {
  const client = await SupervisorClient.connect(storePaths(dataDir).socket)
  if (!client) return false
  try {
    await client.call('shutdown', { graceMs })
    await client.ended
  } finally {
    client.close()
  }
  return true
}
