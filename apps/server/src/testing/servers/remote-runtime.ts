import type {
  Capabilities,
  InstanceSpec,
  InstanceStats,
  ObservedInstance,
  Runtime,
  StopOptions,
} from '@wave-store/runtime'
import { RuntimeError } from '@wave-store/runtime'

/** The engine of an `EngineServer`, for one of the servers that share it. */
export class RemoteRuntime implements Runtime {
  readonly environments = null
  readonly #url: string
  readonly #name: string

  constructor(url: string, name: string) {
    this.#url = url
    this.#name = name
  }

  capabilities(): Promise<Capabilities> {
    return this.#call('/capabilities')
  }

  async start(spec: InstanceSpec): Promise<void> {
    await this.#call('/start', spec)
  }

  inspect(): Promise<ObservedInstance[]> {
    return this.#call('/inspect')
  }

  async stop(id: string, options: StopOptions): Promise<void> {
    await this.#call('/stop', { id, options })
  }

  async *logs(): AsyncIterable<Uint8Array> {}

  async stats(): Promise<InstanceStats[]> {
    return []
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #call<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#url + path, {
      method: 'POST',
      headers: { 'x-server': this.#name },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new RuntimeError('unavailable', await response.text())
    return (await response.json()) as T
  }
}
