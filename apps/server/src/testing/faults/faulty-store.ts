import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@wave-store/client'
import type { Instance } from '@wave-store/contract'
import { type CookieJar, eventually, freePort, linkTools, signIn } from '@wave-store/testing'
import type { KillPoint } from './kill-point.ts'
import type { UnderFault } from './store-under-fault.ts'

const program = fileURLToPath(new URL('./store-under-fault.ts', import.meta.url))
const stopApps = fileURLToPath(new URL('../../../../../packages/runtime-process/src/stop.ts', import.meta.url))

/** A store in a process of its own, which a test kills where it likes, and starts again. */
export class FaultyStore implements AsyncDisposable {
  readonly dataDir: string
  readonly origin: string
  readonly #told: UnderFault
  readonly #app: Server | undefined
  #process: ChildProcess | undefined
  #exited: Promise<unknown> = Promise.resolve()
  #cookies: CookieJar | undefined

  private constructor(dataDir: string, origin: string, parts: { told: UnderFault; app: Server | undefined }) {
    this.dataDir = dataDir
    this.origin = origin
    this.#told = parts.told
    this.#app = parts.app
  }

  /** @param kind `file`: instances without processes, which a file holds; `process`: real ones */
  static async open(kind: 'file' | 'process', environment: Record<string, string> = {}): Promise<FaultyStore> {
    const dataDir = await mkdtemp(join(tmpdir(), 'wave-fault-'))
    const port = await freePort()
    const settings = {
      WAVE_STORE_PORT: String(port),
      WAVE_STORE_DATA_DIR: dataDir,
      WAVE_STORE_SAMPLES: 'false',
      WAVE_STORE_STOP_GRACE_SECONDS: '1',
      WAVE_STORE_LAUNCHES_PER_MINUTE: '10000',
      WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'true',
      WAVE_STORE_INSTANCES_PER_USER: '1000',
      ...environment,
    }
    if (kind === 'process') {
      await linkTools(join(dataDir, 'tools'))
      return FaultyStore.#begin(dataDir, port, { told: { settings }, app: undefined })
    }
    const app = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
    await once(app, 'listening')
    return FaultyStore.#begin(dataDir, port, { told: { settings, appPort: (app.address() as AddressInfo).port }, app })
  }

  static async #begin(dataDir: string, port: number, parts: { told: UnderFault; app: Server | undefined }) {
    const store = new FaultyStore(dataDir, `http://localhost:${port}`, parts)
    await store.start()
    store.#cookies = await signIn(store.origin, 'dana')
    return store
  }

  async start(): Promise<void> {
    const child = fork(program, [JSON.stringify(this.#told)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(this.dataDir, 'compiled') },
    })
    this.#process = child
    this.#exited = once(child, 'exit')
    await Promise.race([once(child, 'message'), this.#exited.then(() => Promise.reject(new Error('It ended.')))])
  }

  get client(): Client {
    return createClient({ baseUrl: this.origin, headers: { cookie: String(this.#cookies) } })
  }

  get cookies(): CookieJar {
    return this.#cookies!
  }

  async importBundle(bytes: Uint8Array): Promise<string> {
    const response = await fetch(`${this.origin}/api/apps`, {
      method: 'POST',
      body: bytes as Uint8Array<ArrayBuffer>,
      headers: { cookie: String(this.#cookies), 'content-type': 'application/zip' },
    })
    if (response.status !== 201) throw new Error(await response.text())
    return ((await response.json()) as { id: string }).id
  }

  /** The only one there is, once it is as wanted. */
  until(isSo: (instances: Instance[]) => boolean): Promise<Instance[]> {
    return eventually(async () => {
      const { items } = await this.client.listInstances({})
      if (isSo(items)) return items
      throw new Error(items.map(({ status, phase, failure }) => `${status} ${phase} ${failure?.message}`).join(', '))
    })
  }

  /**
   * Does something with the store, which is killed at that point of it.
   *
   * @returns false when it was done, and everything that follows from it, before the point was reached
   */
  async killed(point: KillPoint, act: () => Promise<unknown>, isOver: () => Promise<unknown>): Promise<boolean> {
    await this.#tell(point)
    const end = this.#exited.then(() => true)
    const survived = act().then(isOver, () => new Promise<never>(() => {}))
    if (await Promise.race([end, survived.then(() => false)])) return true
    await this.#tell(null)
    return false
  }

  async kill(): Promise<void> {
    this.#process?.kill('SIGKILL')
    await this.#exited
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process?.kill('SIGTERM')
    await this.#exited
    if (!this.#app) await once(spawn(process.execPath, [stopApps, this.dataDir], { stdio: 'ignore' }), 'exit')
    this.#app?.closeAllConnections()
    this.#app?.close()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  async #tell(point: KillPoint | null): Promise<void> {
    const taken = once(this.#process!, 'message')
    this.#process!.send(point as never)
    await taken
  }
}
