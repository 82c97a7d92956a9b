import { createServer } from 'node:net'
import { storePaths } from '../store-paths.ts'
import { SupervisorServer } from './server.ts'

const graceMs = 5000

/** `node main.ts <data directory>`: holds the instances of one store. Started by the driver; needs no terminal. */
async function main(dataDir: string): Promise<void> {
  // Directories are made to be passed through by sandboxes' users, whatever the mask of who started us.
  process.umask(0o022)
  const store = storePaths(dataDir)
  if (!(await takeLock(`wave-store-supervisor-${store.hash}`))) return
  const server = new SupervisorServer(store, () => process.exit(0))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void server.end(graceMs))
  process.on('SIGHUP', () => {})
  // Its end would be the end of every instance: it goes on, and the log tells.
  process.on('uncaughtException', (error) => console.error(error))
  await server.listen()
}

/** A socket without a file: the kernel gives the name to one process, and takes it back when that ends, however it does. */
function takeLock(name: string): Promise<boolean> {
  const lock = createServer((socket) => socket.destroy())
  return new Promise((resolve) => {
    lock.once('error', () => resolve(false))
    lock.listen(`\0${name}`, () => resolve(true))
  })
}

const dataDir = process.argv[2]
if (dataDir === undefined) throw new Error('Name the data directory: main.ts <data directory>')
await main(dataDir)
