import { stopSupervisor } from './stop-supervisor.ts'

/** `node stop.ts <data directory>`: ends every instance of a store, and what held them. */
const dataDir = process.argv[2]
if (dataDir === undefined) throw new Error('Name the data directory: stop.ts <data directory>')
const wasRunning = await stopSupervisor(dataDir)
console.log(wasRunning ? 'All apps have ended; their volumes and logs are kept.' : 'No apps were running.')
