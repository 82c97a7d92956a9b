// A store with many apps in it. Arguments: its port, its data directory, how many names and versions. Tells the longest
// stall of its event loop since it was last asked.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { readConfig } from '../../apps/server/src/config/read-config.ts'
import { openDatabase } from '../../apps/server/src/db/open-database.ts'
import { startStore } from '../../apps/server/src/start-store.ts'
import { addManyVersions } from './many-versions.ts'

const [port, dataDir = '', names, versions] = process.argv.slice(2)

await mkdir(dataDir, { recursive: true })
const db = await openDatabase(join(dataDir, 'store.db'))
await addManyVersions(db, { names: Number(names), versions: Number(versions) })
await db.destroy()
const config = readConfig(
  {
    WAVE_STORE_PORT: port,
    WAVE_STORE_DATA_DIR: dataDir,
    WAVE_STORE_SAMPLES: 'false',
    WAVE_STORE_LOG_LEVEL: 'warn',
  },
  '/',
)
await startStore(config, { runtime: new InMemoryRuntime() })
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
process.on('message', () => {
  process.send!({ stallMs: delay.max / 1e6 })
  delay.reset()
})
process.once('disconnect', () => process.exit())
process.send!({ ready: true })
