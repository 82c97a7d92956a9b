import { createHash } from 'node:crypto'
import { indexAddresses } from '@wave-store/runtime/driver'
import { type Engine, settled } from './engine.ts'
import type { Names } from './labels.ts'
import { type Bridges, closeNetworks, type FirewallFacts } from './machine.ts'
import type { DockerRuntimeOptions } from './options.ts'

interface NetworkParts {
  engine: Engine
  names: Names
  image: string
  options: DockerRuntimeOptions
}

/** One network for apps, in which none reaches another, and one for builds; both closed towards what is private. */
export class Networks {
  readonly #parts: NetworkParts
  readonly #bridges: Bridges
  #problem = ''
  #closedFor: string | null = null
  #turn: Promise<void> = Promise.resolve()

  constructor(parts: NetworkParts) {
    this.#parts = parts
    // The kernel takes 15 letters.
    const digest = createHash('sha256').update(parts.names.store).digest('hex').slice(0, 10)
    this.#bridges = { apps: `wva${digest}`, builds: `wvb${digest}` }
  }

  get isClosed(): boolean {
    return this.#problem === ''
  }

  get advice(): string {
    if (this.isClosed) return ''
    return `Apps can reach private addresses from their containers, as the engine's firewall cannot be set: ${this.#problem}.`
  }

  async prepare(): Promise<void> {
    const { engine, names } = this.#parts
    for (const kind of ['apps', 'builds'] as const) {
      const bridge = this.#bridges[kind]
      const network = {
        Name: names.network(kind),
        Driver: 'bridge',
        CheckDuplicate: true,
        Labels: names.labels('helper'),
        Options: {
          'com.docker.network.bridge.name': bridge,
          'com.docker.network.bridge.enable_icc': 'false',
        },
      }
      await settled(engine.quick.createNetwork(network))
    }
    await this.openForBuilds()
  }

  /** The rules may be gone: they are written again before the next start. */
  doubt(): void {
    this.#closedFor = null
  }

  async ensure(): Promise<void> {
    if (this.#closedFor === null) await this.openForBuilds()
  }

  /** Lets builds reach the index and the proxy where they are now; other servers of this store write the same. */
  async openForBuilds(): Promise<void> {
    const hosts = await indexAddresses(this.#parts.options.index)
    const sorted = hosts.sort((a, b) => `${a.address}:${a.port}`.localeCompare(`${b.address}:${b.port}`))
    if (this.#closedFor !== JSON.stringify(sorted)) await this.#close(sorted)
  }

  /** One after another, so that the last one asked for holds. */
  #close(buildHosts: FirewallFacts['buildHosts']): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      const { engine, names, image, options } = this.#parts
      const facts = { bridges: this.#bridges, publicPort: options.publicPort ?? null, buildHosts }
      try {
        await closeNetworks(engine, names, image, facts)
        this.#problem = ''
      } catch (error) {
        this.#problem = (error as Error).message
      }
      this.#closedFor = JSON.stringify(buildHosts)
    })
    return this.#turn
  }
}
