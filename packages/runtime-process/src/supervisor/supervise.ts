import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type StorePaths, storePaths } from '../store-paths.ts'
import { SupervisorClient } from '../supervisor-client.ts'
import { SupervisorServer } from './server.ts'

const graceMs = 5000
const giveWayMs = 10_000

/** Makes this process the one that holds the instances of a data directory. It ends where there is one already. */
export async function supervise(dataDir: string): Promise<void> {
  // Directories are made to be passed through by sandboxes' users, whatever the mask of who started us.
  process.umask(0o022)
  const store = storePaths(dataDir)
  if (!(await becomeTheOnly(store))) return
  const server = new SupervisorServer(store, () => process.exit(0))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void server.end(graceMs))
  process.on('SIGHUP', () => {})
  // Its end would be the end of every instance: it goes on, and the log tells.
  process.on('uncaughtException', (error) => console.error(error))
  await server.listen()
}

/** One that answers no more is about to end, or has only begun: either is known in a moment. */
async function becomeTheOnly(store: StorePaths): Promise<boolean> {
  for (const deadline = Date.now() + giveWayMs; Date.now() < deadline; await delay(20)) {
    if (await takeLock(`wave-store-supervisor-${store.hash}`)) return true
    const other = await SupervisorClient.connect(store)
    other?.close()
    if (other) return false
  }
  return false
}

/** A socket without a file: the kernel gives the name to one process, and takes it back when that ends, however it does. */
function takeLock(name: string): Promise<boolean> {
  const lock = createServer((socket) => socket.destroy())
  return new Promise((resolve) => {
    lock.once('error', () => resolve(false))
    lock.listen(`\0${name}`, () => resolve(true))
  })
}
