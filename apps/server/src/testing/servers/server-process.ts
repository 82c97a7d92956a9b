import pino from 'pino'
import { readConfig } from '../../config/read-config.ts'
import { startStore } from '../../start-store.ts'
import { RemoteRuntime } from './remote-runtime.ts'

/** What the process is told by its parent, in JSON. */
export interface ServerProcess {
  name: string
  settings: Record<string, string>
  engineUrl: string
}

const { name, settings, engineUrl } = JSON.parse(process.argv[2]!) as ServerProcess
const runtime = new RemoteRuntime(engineUrl, name)
const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent', name })
const store = await startStore(readConfig(settings, '/'), { runtime, logger })
process.once('SIGTERM', () => void store[Symbol.asyncDispose]().then(() => process.exit(0)))
process.send!('up')
