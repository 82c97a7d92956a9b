import {
  type Capabilities,
  type EnvironmentCache,
  type InstanceSpec,
  type InstanceStats,
  type LogOptions,
  linesOfSource,
  type ObservedInstance,
  type Runtime,
  RuntimeError,
  type StopOptions,
} from '@wave-store/runtime'
import { isInstanceId } from '@wave-store/runtime/driver'
import type { ProcessRuntimeOptions } from './options.ts'
import type { Settings } from './protocol.ts'
import { reachSupervisor } from './reach-supervisor.ts'
import { readLog } from './read-log.ts'
import { instancePaths, type StorePaths, storePaths } from './store-paths.ts'
import type { SupervisorClient } from './supervisor-client.ts'

/**
 * Instances as sandboxed processes of this machine. They are held by a supervisor, a process of its own that is started
 * when there is none, outlives this object, and ends half a minute after the last instance and the last connection.
 *
 * @throws {RuntimeError} `unavailable` when the supervisor cannot be started, or is of another version.
 */
export async function createProcessRuntime(options: ProcessRuntimeOptions): Promise<Runtime> {
  const runtime = new ProcessRuntime(options)
  await runtime.capabilities()
  return runtime
}

interface Reached {
  client: SupervisorClient
  capabilities: Capabilities
}

class ProcessRuntime implements Runtime {
  readonly environments: EnvironmentCache = {
    list: async () => (await this.#reach()).client.call('environments', null),
    packages: async (key) => (await this.#reach()).client.call('packages', { key }),
    discard: async (key) => void (await (await this.#reach()).client.call('discard', { key })),
  }
  readonly #store: StorePaths
  readonly #settings: Settings
  readonly #listeners: (() => void)[] = []
  #reached: Promise<Reached> | undefined
  #disposed = false

  constructor(options: ProcessRuntimeOptions) {
    this.#store = storePaths(options.dataDir)
    this.#settings = { ...options, gatewayUid: process.getuid?.() ?? 0 }
  }

  async capabilities(): Promise<Capabilities> {
    return (await this.#reach()).capabilities
  }

  async start(spec: InstanceSpec): Promise<void> {
    await (await this.#reach()).client.call('start', spec)
  }

  async inspect(): Promise<ObservedInstance[]> {
    return await (await this.#reach()).client.call('inspect', null)
  }

  async stop(id: string, options: StopOptions): Promise<void> {
    await (await this.#reach()).client.call('stop', { id, options })
  }

  async stats(): Promise<InstanceStats[]> {
    return await (await this.#reach()).client.call('stats', null)
  }

  async *logs(id: string, options: LogOptions = {}): AsyncIterable<Uint8Array> {
    if (!isInstanceId(id)) return
    const seen = await this.#observed(id)
    if (!seen) return
    const { currentLog, previousLog } = instancePaths(this.#store, id)
    const isOver = () => this.#hasEnded(id, seen.generation)
    const log =
      options.process === 'previous'
        ? readLog(previousLog, options, async () => true)
        : readLog(currentLog, options, isOver)
    yield* linesOfSource(log, options)
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true
    const reached = await this.#reached?.catch(() => undefined)
    reached?.client.close()
  }

  async #observed(id: string): Promise<ObservedInstance | undefined> {
    return (await this.inspect()).find((each) => each.id === id)
  }

  async #hasEnded(id: string, generation: number): Promise<boolean> {
    const now = await this.#observed(id)
    return !now || now.generation !== generation || now.phase === 'exited'
  }

  /** The supervisor, found or started again where it went away. */
  async #reach(): Promise<Reached> {
    if (this.#disposed) throw new RuntimeError('unavailable', 'This runtime has been let go; create another')
    const current = this.#reached
    const reached = await current?.catch(() => undefined)
    if (reached && !reached.client.closed) return reached
    // Whoever comes first after a loss reaches out for all who wait.
    if (this.#reached === current) this.#reached = this.#connect()
    return await this.#reached!
  }

  async #connect(): Promise<Reached> {
    const client = await reachSupervisor(this.#store, this.#settings.supervisor)
    client.onChange = () => {
      for (const tell of this.#listeners) tell()
    }
    try {
      return { client, capabilities: await client.call('configure', this.#settings) }
    } catch (error) {
      client.close()
      throw error
    }
  }
}
