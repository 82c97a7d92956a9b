import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LifecycleWorld } from '../testing/lifecycle-world.ts'

const hourMs = 3_600_000

it('a store that starts again adopts what runs, believes no date alone, and counts on from the last use', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'wave-store-'))
  const environment = { WAVE_STORE_IDLE_MINUTES: '480' }
  const first = await LifecycleWorld.open({ dataDir, environment })
  const id = await first.watched()
  first.clock.pass(2 * hourMs)
  first.store.store.context.activity.request(id)
  await first.looks(2)
  const { lastUsedAt } = await first.get(id)
  await first[Symbol.asyncDispose]()

  await using second = await LifecycleWorld.open({ dataDir, environment, runtime: first.runtime.reopen() })
  await second.looks(2)
  expect(await second.get(id)).toMatchObject({ status: 'DEPLOYED', lastUsedAt, failure: null })
  expect(await second.runtime.inspect()).toMatchObject([{ id, generation: 1 }])
  await second[Symbol.asyncDispose]()

  await using third = await LifecycleWorld.open({ dataDir, environment, runtime: first.runtime.reopen() })
  third.clock.jump(1000 * hourMs)
  await third.looks(2)
  expect((await third.get(id)).status).toBe('DEPLOYED')
  third.clock.pass(8 * hourMs)
  await third.until(id, ({ suspension }) => suspension?.reason === 'idle')
  await rm(dataDir, { recursive: true, force: true })
})

it('what the operator changed holds for the next process of what sleeps, failed or waits', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'wave-store-'))
  const first = await LifecycleWorld.open({ dataDir, environment: { WAVE_STORE_INSTANCE_MEMORY: '1Gi' } })
  const runs = await first.deployed()
  const sleeps = await first.deployed()
  await first.dana.client.suspendInstance({ params: { instanceId: sleeps } })
  await first.until(sleeps, ({ phase }) => phase === 'exited')
  await first[Symbol.asyncDispose]()

  const environment = { WAVE_STORE_INSTANCE_MEMORY: '2Gi' }
  await using second = await LifecycleWorld.open({ dataDir, environment, runtime: first.runtime.reopen() })
  await second.until(sleeps, ({ memory }) => memory.limitBytes === 2 * 2 ** 30)
  expect((await second.get(runs)).memory.limitBytes).toBe(2 ** 30)
  await second.dana.client.restartInstance({ params: { instanceId: runs } })
  await second.until(runs, ({ memory }) => memory.limitBytes === 2 * 2 ** 30)
  await rm(dataDir, { recursive: true, force: true })
})
