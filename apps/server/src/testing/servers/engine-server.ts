import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { InstanceSpec, StopOptions } from '@wave-store/runtime'
import { InMemoryRuntime } from '@wave-store/runtime/testing'

/** What a server asked of the engine. */
export interface EngineCall {
  server: string
  call: 'start' | 'stop'
  id: string
  generation?: number
}

/** An engine that several servers share, such as Docker or a cluster is, without processes. Tells who asked for what. */
export class EngineServer implements AsyncDisposable {
  readonly runtime: InMemoryRuntime
  readonly calls: EngineCall[] = []
  url = ''
  readonly #server = createServer((request, response) => {
    this.#answer(request.url ?? '', String(request.headers['x-server']), request)
      .then((answer) => response.end(JSON.stringify(answer)))
      .catch((error: Error) => response.writeHead(500).end(error.message))
  })

  private constructor(appPort: number) {
    this.runtime = new InMemoryRuntime({ address: () => ({ host: '127.0.0.1', port: appPort }) })
  }

  /** @param appPort where every app answers */
  static async open(appPort: number): Promise<EngineServer> {
    const engine = new EngineServer(appPort)
    engine.#server.listen(0, '127.0.0.1')
    await once(engine.#server, 'listening')
    engine.url = `http://127.0.0.1:${(engine.#server.address() as AddressInfo).port}`
    return engine
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #answer(path: string, server: string, body: NodeJS.ReadableStream): Promise<unknown> {
    switch (path) {
      case '/inspect':
        return await this.runtime.inspect()
      case '/capabilities':
        return await this.runtime.capabilities()
      case '/start': {
        const spec = (await json(body as never)) as InstanceSpec
        this.calls.push({ server, call: 'start', id: spec.id, generation: spec.generation })
        await this.runtime.start(spec)
        return null
      }
      case '/stop': {
        const { id, options } = (await json(body as never)) as { id: string; options: StopOptions }
        this.calls.push({ server, call: 'stop', id })
        await this.runtime.stop(id, options)
        return null
      }
      default:
        throw new Error(`There is no ${path}`)
    }
  }
}
