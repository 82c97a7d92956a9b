import { Pool } from 'undici'
import type { GatewayLimits } from './limits.ts'

interface Entry {
  address: string
  pool: Pool
  lastUsed: number
}

const sweepMs = 30_000
const unusedMs = 120_000

/** Kept-alive connections to each instance's app; those of an instance that moved or was left alone are let go. */
export class AppPools {
  readonly #limits: GatewayLimits
  readonly #entries = new Map<string, Entry>()
  readonly #timer: NodeJS.Timeout

  constructor(limits: GatewayLimits) {
    this.#limits = limits
    this.#timer = setInterval(() => this.#closeUnused(), sweepMs).unref()
  }

  for(instanceId: string, { host, port }: { host: string; port: number }): Pool {
    const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    const known = this.#entries.get(instanceId)
    if (known?.address === address) {
      known.lastUsed = Date.now()
      return known.pool
    }
    this.drop(instanceId)
    const pool = this.#open(address)
    this.#entries.set(instanceId, { address, pool, lastUsed: Date.now() })
    return pool
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

  #open(address: string): Pool {
    const { connectMs, headersMs, idleBodyMs, headBytes } = this.#limits
    return new Pool(address, {
      connect: { timeout: connectMs },
      headersTimeout: headersMs,
      bodyTimeout: idleBodyMs,
      maxHeaderSize: headBytes,
      pipelining: 1,
    })
  }

  #closeUnused(): void {
    for (const [instanceId, { pool, lastUsed }] of this.#entries) {
      const { running, pending } = pool.stats
      if (running + pending === 0 && Date.now() - lastUsed > unusedMs) this.drop(instanceId)
    }
  }
}
