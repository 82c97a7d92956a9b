import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Instance } from '@wave-store/contract'
import { type Behaviour, InMemoryRuntime } from '@wave-store/runtime/testing'
import { demoBundle } from '../../apps/server/src/testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../../apps/server/src/testing/test-store.ts'

/** A store with a page in this process, whose instances live in memory and do what the test says. */
export interface LiveStore extends AsyncDisposable {
  store: TestStore
  runtime: InMemoryRuntime
  /** By an app's name: what its instances do when they are started; running at once where nothing is said. */
  behaviours: Map<string, Behaviour>
  /** Imports an app and launches it. */
  launch: (person: TestPerson, app: LiveApp) => Promise<Instance>
}

export interface LiveApp {
  name: string
  title?: string
  /** Further lines for `[App]`. */
  app?: string
  /** Lines for `[Runtime]`, beside module and port. */
  runtime?: string
}

export async function startLiveStore(environment: Record<string, string> = {}): Promise<LiveStore> {
  const app = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
  await new Promise((resolve) => app.once('listening', resolve))
  const { port } = app.address() as AddressInfo
  const behaviours = new Map<string, Behaviour>()
  const runtime = new InMemoryRuntime({
    address: () => ({ host: '127.0.0.1', port }),
    behaviour: (spec) => behaviours.get(spec.app.name) ?? { phase: 'running' },
  })
  const store = await startTestStore({ runtime, environment })
  return {
    store,
    runtime,
    behaviours,
    async launch(person, { name, title = name, app: appLines = '', runtime: runtimeLines = '' }) {
      const bundle = await demoBundle({
        name,
        app: `Title = "${title}"\n${appLines}`,
        runtime: `AppMode = "python"\nModule = "app"\nPort = 8000\n${runtimeLines}`,
      })
      const { id: appId } = await person.importBundle(bundle)
      return person.client.launchInstance({ body: { appId } })
    },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      app.close()
      app.closeAllConnections()
    },
  }
}
