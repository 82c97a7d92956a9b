import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ObservedInstance, RuntimeError } from '@wave-store/runtime'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { eventually } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestStore } from '../testing/test-store.ts'

async function launched(store: TestStore) {
  const dana = await store.as('dana')
  const { id: appId } = await dana.importBundle(await demoBundle())
  const { id } = await dana.client.launchInstance({ body: { appId } })
  return { dana, id }
}

describe('the reconciler', () => {
  it('leaves time between tries of a step that fails', async () => {
    const tries: number[] = []
    class DeafRuntime extends InMemoryRuntime {
      override async start() {
        tries.push(performance.now())
        throw new RuntimeError('unavailable', 'The runtime is away.')
      }
    }
    await using store = await startTestStore({ runtime: new DeafRuntime() })
    await launched(store)
    await eventually(() => expect(tries.length).toBeGreaterThan(2))
    const gaps = tries.slice(1).map((at, index) => at - tries[index]!)
    expect(Math.min(...gaps)).toBeGreaterThan(500)
  })

  it('takes no second step on what it read before the first had ended', async () => {
    const probed = Promise.withResolvers<void>()
    const mayAnswer = Promise.withResolvers<void>()
    const app = createServer(async (_request, response) => {
      probed.resolve()
      await mayAnswer.promise
      response.end()
    }).listen(0, '127.0.0.1')
    let probeIsOut = false
    let deployed: () => Promise<unknown> = async () => {}
    let roundsAfter = 0
    void probed.promise.then(() => {
      probeIsOut = true
    })
    class SlowRuntime extends InMemoryRuntime {
      override async inspect(): Promise<ObservedInstance[]> {
        const seen = await super.inspect()
        if (probeIsOut && roundsAfter++ === 0) {
          mayAnswer.resolve()
          await deployed()
        }
        return seen
      }
    }
    const runtime = new SlowRuntime({
      address: () => ({ host: '127.0.0.1', port: (app.address() as AddressInfo).port }),
    })
    await using store = await startTestStore({ runtime })
    const starts = () => store.store.context.db.selectFrom('instanceStart').selectAll().execute()
    deployed = () => eventually(async () => expect(await starts()).toHaveLength(1))
    await launched(store)
    await eventually(() => expect(roundsAfter).toBeGreaterThan(2))
    expect(await starts()).toHaveLength(1)
    app.close()
  })
})
