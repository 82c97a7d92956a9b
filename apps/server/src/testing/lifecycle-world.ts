import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Instance } from '@wave-store/contract'
import { InMemoryRuntime, type InMemoryRuntimeOptions } from '@wave-store/runtime/testing'
import { eventually } from '@wave-store/testing'
import { type DemoBundle, demoBundle } from './demo-bundle.ts'
import { TestClock } from './test-clock.ts'
import { startTestStore, type TestPerson, type TestStore } from './test-store.ts'

export interface WorldOptions {
  environment?: Record<string, string>
  behaviour?: InMemoryRuntimeOptions['behaviour']
  dataDir?: string
  /** Of an earlier world: what it holds goes on. */
  runtime?: InMemoryRuntime
}

/** Sessions outlive what a test does to the clock. */
const patient = {
  WAVE_STORE_INSTANCES_PER_USER: '1000',
  WAVE_STORE_LAUNCHES_PER_MINUTE: '1000',
  WAVE_STORE_SESSION_IDLE_MINUTES: '525600',
  WAVE_STORE_SESSION_HOURS: '8760',
}

/** A store whose clock and apps a test moves. All instances are one HTTP server, which can fall silent. */
export class LifecycleWorld implements AsyncDisposable {
  readonly store: TestStore
  readonly runtime: InMemoryRuntime
  readonly clock: TestClock
  readonly dana: TestPerson
  readonly #app: App
  #bundles = 0

  private constructor(parts: {
    store: TestStore
    runtime: InMemoryRuntime
    clock: TestClock
    dana: TestPerson
    app: App
  }) {
    this.store = parts.store
    this.runtime = parts.runtime
    this.clock = parts.clock
    this.dana = parts.dana
    this.#app = parts.app
  }

  static async open({ behaviour, dataDir, environment, runtime: given }: WorldOptions = {}): Promise<LifecycleWorld> {
    const clock = new TestClock()
    const app = await openApp()
    const address = () => ({ host: '127.0.0.1', port: app.port })
    const runtime =
      given ?? new InMemoryRuntime({ address, now: clock.now, ...(behaviour !== undefined && { behaviour }) })
    const store = await startTestStore({
      runtime,
      clock,
      environment: { ...patient, ...environment },
      ...(dataDir !== undefined && { dataDir }),
    })
    return new LifecycleWorld({ store, runtime, clock, app, dana: await store.as('dana') })
  }

  /** An app of Dana's. */
  async app(bundle: DemoBundle = {}): Promise<string> {
    const { id } = await this.dana.importBundle(await demoBundle({ name: `app-${++this.#bundles}`, ...bundle }))
    return id
  }

  async launch(appId: string): Promise<string> {
    return (await this.dana.client.launchInstance({ body: { appId } })).id
  }

  get(instanceId: string): Promise<Instance> {
    return this.dana.client.getInstance({ params: { instanceId } })
  }

  /** The instance once it is as wanted. */
  until(instanceId: string, isSo: (instance: Instance) => boolean): Promise<Instance> {
    return eventually(async () => {
      const instance = await this.get(instanceId)
      if (isSo(instance)) return instance
      throw new Error(`${instance.status}, ${instance.phase}: ${JSON.stringify(instance.failure)}`)
    })
  }

  /** Lets the reconciler look so many times at everything that runs, a second between. */
  async looks(times: number): Promise<void> {
    const { idle, reconciler } = this.store.store.context
    for (const wanted = idle.looks + times; idle.looks < wanted; ) {
      const before = idle.looks
      this.clock.pass(1000)
      await eventually(() => {
        reconciler.wake()
        if (idle.looks === before) throw new Error('The reconciler does not look.')
      })
    }
  }

  /** An instance that is up, and looked after. */
  async watched(bundle?: DemoBundle): Promise<string> {
    const id = await this.deployed(bundle)
    await this.looks(2)
    return id
  }

  async deployed(bundle?: DemoBundle): Promise<string> {
    const id = await this.launch(await this.app(bundle))
    await this.until(id, ({ status }) => status === 'DEPLOYED')
    return id
  }

  /** From now on no app answers, or all do again. */
  set silent(isSilent: boolean) {
    this.#app.isSilent = isSilent
  }

  /** Requests that apps got. */
  get asked(): number {
    return this.#app.asked
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store[Symbol.asyncDispose]()
    this.#app.server.closeAllConnections()
    this.#app.server.close()
  }
}

interface App {
  server: Server
  port: number
  isSilent: boolean
  asked: number
}

async function openApp(): Promise<App> {
  const server = createServer((_request, response) => {
    app.asked += 1
    if (app.isSilent) response.destroy()
    else response.end('the app')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const app = { server, port: (server.address() as AddressInfo).port, isSilent: false, asked: 0 }
  return app
}
