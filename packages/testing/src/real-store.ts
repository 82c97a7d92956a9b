import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { eventually } from './eventually.ts'
import { freePort } from './free-port.ts'
import { createAccounts } from './store-test/accounts.ts'
import { isOfStoreTest, storeAddress } from './store-test/names.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Where set-up puts the installer and the Wave server. */
export const toolsDirectory = join(resolve(root, process.env.WAVE_STORE_DATA_DIR || 'data'), 'tools')

/** A store as `npm start` runs it, in a process and a directory of its own. */
export interface RealStore extends AsyncDisposable {
  origin: string
  port: number
  dataDir: string
  /** Ends the server without a word; instances are on their own. */
  kill: () => Promise<void>
  start: () => Promise<void>
  output: () => string
  /** Of the server's process. */
  pid: () => number
}

/** @param prepare what comes before the first start, in the new data directory */
export async function startRealStore(
  environment: Record<string, string> = {},
  prepare: (dataDir: string) => Promise<void> = async () => {},
): Promise<RealStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wave-store-'))
  await linkTools(join(dataDir, 'tools'))
  await prepare(dataDir)
  const port = await freePort()
  const { origin, settings: whereabouts } = storeAddress(port)
  let server: ChildProcess | undefined
  let output = ''

  const start = async () => {
    const settings = {
      WAVE_STORE_PORT: String(port),
      WAVE_STORE_DATA_DIR: dataDir,
      WAVE_STORE_LOG_LEVEL: 'warn',
      ...whereabouts,
      ...environment,
    }
    server = spawn(process.execPath, [join(root, 'apps/server/src/main.ts')], {
      cwd: dataDir,
      env: { ...process.env, ...settings },
    })
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => (output += chunk))
    const before = output.length
    await eventually(() => {
      if (!output.includes('is up', before)) throw new Error(`The store did not start:\n${output}`)
    }, 60_000)
  }
  const end = async (signal: NodeJS.Signals) => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    server.kill(signal)
    await once(server, 'exit')
  }
  await start()
  if (isOfStoreTest(new URL(origin).hostname)) await replaceDevelopmentAccounts(origin, environment, output)
  return {
    origin,
    port,
    dataDir,
    start,
    kill: () => end('SIGKILL'),
    output: () => output,
    pid: () => server?.pid ?? 0,
    async [Symbol.asyncDispose]() {
      await end('SIGTERM')
      const stop = spawn(process.execPath, [join(root, 'packages/runtime-process/src/stop.ts'), dataDir], {
        stdio: 'inherit',
      })
      await once(stop, 'exit')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/**
 * What set-up has installed, for a store of its own. Nobody writes to it, so that links will do; copies where the
 * temporary directory is on another disk.
 */
export async function linkTools(to: string): Promise<void> {
  if (!existsSync(toolsDirectory)) return
  const copy = () => cp(toolsDirectory, to, { recursive: true, verbatimSymlinks: true, force: true })
  await promisify(execFile)('cp', ['-al', toolsDirectory, to]).catch(copy)
}

/** Off localhost there are none, so accounts with a password stand in for them, unless the test has people of its own. */
async function replaceDevelopmentAccounts(origin: string, environment: Record<string, string>, output: string) {
  const oneTimePassword = /one-time password (\S+)/.exec(output)?.[1]
  if (oneTimePassword === undefined || environment.WAVE_STORE_DEVELOPMENT_ACCOUNTS === 'false') return
  const { WAVE_STORE_FULL_ACCESS_ROLE: role = 'everyone' } = environment
  await createAccounts(origin, oneTimePassword, role === 'everyone' ? null : role)
}
