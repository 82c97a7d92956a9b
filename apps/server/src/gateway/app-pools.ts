import { Client, type Dispatcher, Pool } from 'undici'
import { connectToApp } from './connect-to-app.ts'
import type { GatewayLimits } from './limits.ts'

interface Entry {
  address: string
  pool: Pool
  lastUsed: number
}

interface AppAddress {
  host: string
  port: number
}

const sweepMs = 30_000
const unusedMs = 120_000

/** Kept-alive connections to each instance's app; those of an instance that moved or was left alone are let go. */
export class AppPools {
  readonly #options: Client.Options
  readonly #entries = new Map<string, Entry>()
  readonly #timer: NodeJS.Timeout

  constructor(limits: GatewayLimits) {
    this.#options = {
      connect: connectToApp(limits.connectMs),
      headersTimeout: limits.headersMs,
      bodyTimeout: limits.idleBodyMs,
      maxHeaderSize: limits.headBytes,
      pipelining: 1,
    }
    this.#timer = setInterval(() => this.#closeUnused(), sweepMs).unref()
  }

  for(instanceId: string, at: AppAddress): Pool {
    const address = addressOf(at)
    const known = this.#entries.get(instanceId)
    if (known?.address === address) {
      known.lastUsed = Date.now()
      return known.pool
    }
    this.drop(instanceId)
    const pool = new Pool(address, this.#options)
    this.#entries.set(instanceId, { address, pool, lastUsed: Date.now() })
    return pool
  }

  /**
   * Sends one request on a connection of its own. When an app has closed one idle connection, it has mostly closed the
   * others as well, so trying again on any of them would fail likewise.
   */
  dispatchAlone(at: AppAddress, options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    const client = new Client(addressOf(at), this.#options)
    client.dispatch(options, handler)
    void client.close()
  }

  /** Lets requests in flight end by themselves, and closes what is idle. */
  drop(instanceId: string): void {
    const entry = this.#entries.get(instanceId)
    if (!entry) return
    this.#entries.delete(instanceId)
    void entry.pool.close()
  }

  get size(): number {
    return this.#entries.size
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all([...this.#entries.values()].map(({ pool }) => pool.destroy()))
    this.#entries.clear()
  }

  #closeUnused(): void {
    for (const [instanceId, { pool, lastUsed }] of this.#entries) {
      const { running, pending } = pool.stats
      if (running + pending === 0 && Date.now() - lastUsed > unusedMs) this.drop(instanceId)
    }
  }
}

function addressOf({ host, port }: AppAddress): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
