import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { RuntimeError } from '@wave-store/runtime'
import { type Hello, protocolVersion } from './protocol.ts'
import type { StorePaths } from './store-paths.ts'
import { SupervisorClient } from './supervisor-client.ts'

const startTimeoutMs = 15_000

/** Connects to the supervisor of a data directory, and starts it first where there is none. */
export async function reachSupervisor(store: StorePaths, program = ownProgram()): Promise<SupervisorClient> {
  for (const deadline = Date.now() + startTimeoutMs; ; await delay(20)) {
    const client = (await SupervisorClient.connect(store)) ?? (await startSupervisor(store, program))
    try {
      requireVersion(await client.call('hello', null))
      return client
    } catch (error) {
      client.close()
      // One that is ending makes room for the next.
      if (!(error instanceof RuntimeError && error.code === 'unavailable') || Date.now() > deadline) throw error
    }
  }
}

function requireVersion({ protocol, pid }: Hello): void {
  if (protocol === protocolVersion) return
  throw new RuntimeError(
    'unsupported',
    `Process ${pid}, which holds the running apps, speaks version ${protocol} and this store version ` +
      `${protocolVersion}: run "npm run stop" once, which ends the apps, and start the store again`,
  )
}

function ownProgram(): string[] {
  return [fileURLToPath(new URL('./supervisor/main.ts', import.meta.url))]
}

async function startSupervisor(store: StorePaths, program: string[]): Promise<SupervisorClient> {
  mkdirSync(store.runtime, { recursive: true, mode: 0o711 })
  const log = openSync(store.supervisorLog, 'a', 0o600)
  const child = spawn(process.execPath, [...program, store.dataDir], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' },
    cwd: '/',
  })
  closeSync(log)
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', () => {
    ended = true
  })
  child.unref()

  const deadline = Date.now() + startTimeoutMs
  for (;;) {
    // One that lost the race for the lock has ended, and the winner answers a moment later.
    const client = await SupervisorClient.connect(store)
    if (client) return client
    if (Date.now() > deadline) throw new RuntimeError('unavailable', whyNot(store, ended))
    await delay(10)
  }
}

function whyNot(store: StorePaths, ended: boolean): string {
  const last = readFileSync(store.supervisorLog, 'utf8').trim().split('\n').slice(-3).join(' ')
  const what = ended ? 'ended at once' : 'does not answer'
  return `The process that holds the apps ${what}; ${store.supervisorLog} says: ${last}`
}
