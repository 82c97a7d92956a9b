import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import pino from 'pino'
import { BundlePasses } from '../../apps/bundle-passes.ts'
import { readConfig } from '../../config/read-config.ts'
import { openRuntime } from '../../open-runtime.ts'
import { startStore } from '../../start-store.ts'
import { engineFile } from './engine-file.ts'
import { FileRuntime } from './file-runtime.ts'
import { Killer, type KillPoint } from './kill-point.ts'

/** What the process is told by its parent, in JSON. */
export interface UnderFault {
  settings: Record<string, string>
  /** Where every app answers; undefined: real processes. */
  appPort?: number
}

const { settings, appPort } = JSON.parse(process.argv[2]!) as UnderFault
const config = readConfig(settings, '/')
const killer = new Killer()
killer.watchDatabases()
const runtime =
  appPort === undefined
    ? await openRuntime(config, new BundlePasses('of the process runtime nobody asks'))
    : await FileRuntime.open(join(config.dataDir, engineFile), {
        address: () => ({ host: '127.0.0.1', port: appPort }),
      })
killer.watchRuntime(runtime)
const store = await startStore(config, { runtime, logger: pino({ level: 'silent' }) })
process.on('message', (point: KillPoint | null) => {
  if (point) killer.arm(point)
  else killer.disarm()
  process.send!('taken')
})
process.once('SIGTERM', () => void store[Symbol.asyncDispose]().then(() => process.exit(0)))
// A process that is killed would leave nothing for the next one to start faster with.
flushCompileCache()
process.send!('up')
