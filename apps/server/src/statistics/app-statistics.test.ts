import { afterEach, expect, it } from 'vitest'
import { LifecycleWorld } from '../testing/lifecycle-world.ts'

let world: LifecycleWorld
afterEach(() => world[Symbol.asyncDispose]())

it('counts launches, people, failures and how long starts take, of each version and of all', async () => {
  world = await LifecycleWorld.open({ environment: { WAVE_STORE_MAX_RESTARTS: '0' } })
  const first = await world.app({ name: 'counted', version: '1.0.0' })
  const second = await world.app({ name: 'counted', version: '2.0.0' })
  await world.dana.client.updateApp({ params: { appId: first }, body: { visibility: 'ALL_USERS' } })
  const uri = await world.store.as('uri')
  const ended = await world.launch(first)
  await world.until(ended, ({ status }) => status === 'DEPLOYED')
  await world.dana.client.terminateInstance({ params: { instanceId: ended } })
  const failing = (await uri.client.launchInstance({ body: { appId: first } })).id
  await world.until(failing, ({ status }) => status === 'DEPLOYED')
  world.runtime.exit(failing, { reason: 'killed', message: 'Killed.', code: null })
  await world.until(failing, ({ status }) => status === 'FAILED')
  await world.until(await world.launch(second), ({ status }) => status === 'DEPLOYED')

  const { total, versions } = await world.dana.client.getAppStatistics({ params: { appId: second } })
  expect(total).toEqual({ launches: 3, people: 2, failures: 1 })
  expect(versions).toMatchObject([
    { appId: second, version: '2.0.0', launches: 1, people: 1, failures: 0, instances: 1 },
    { appId: first, version: '1.0.0', launches: 2, people: 2, failures: 1, instances: 1 },
  ])
  for (const { p95StartMs } of versions) expect(p95StartMs).toEqual(expect.any(Number))
})

it('tells nothing of starts where there were none', async () => {
  world = await LifecycleWorld.open()
  const appId = await world.app()
  const { total, versions } = await world.dana.client.getAppStatistics({ params: { appId } })
  expect(total).toEqual({ launches: 0, people: 0, failures: 0 })
  expect(versions).toMatchObject([{ launches: 0, instances: 0, p95StartMs: null }])
})
