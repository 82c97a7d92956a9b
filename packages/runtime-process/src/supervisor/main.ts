import { supervise } from './supervise.ts'

/** `node main.ts <data directory>`: holds the instances of one store. Started by the driver; needs no terminal. */
const dataDir = process.argv[2]
if (dataDir === undefined) throw new Error('Name the data directory: main.ts <data directory>')
await supervise(dataDir)
