import { readdirSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import type { Actor } from '../../actor.ts'
import { launchInstance } from '../../instances/launch-instance.ts'
import { LifecycleWorld } from '../lifecycle-world.ts'

const cycles = 10_000
const warmUp = 1_000
const atOnce = 20

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

it('ten thousand starts and stops leave nothing', async () => {
  await using world = await LifecycleWorld.open({
    environment: { WAVE_STORE_LAUNCHES_PER_MINUTE: '1000000', WAVE_STORE_MEMORY_OVERCOMMIT_PERCENT: '10000' },
  })
  const { context } = world.store.store
  const appId = await world.app()
  const { user } = await world.dana.client.getSession()
  const actor = (await context.people.byId(user!.id))!
  const begun = performance.now()
  await run(warmUp, () => cycle(world, actor, appId))
  const before = holdings(world)
  await run(cycles - warmUp, () => cycle(world, actor, appId))
  const after = holdings(world)
  console.log(`${cycles} cycles in ${Math.round((performance.now() - begun) / 1000)} s`, before, after)
  expect(await world.runtime.inspect()).toEqual([])
  expect(await context.sightings.states()).toEqual([])
  expect(await context.db.selectFrom('instanceStart').selectAll().execute()).toHaveLength(50)
  expect(after.listeners).toBe(before.listeners)
  expect(after.fileDescriptors).toBeLessThanOrEqual(before.fileDescriptors + atOnce)
  expect(after.heapMebibytes).toBeLessThan(before.heapMebibytes + 16)
})

async function cycle({ store, clock }: LifecycleWorld, actor: Actor, appId: string): Promise<void> {
  const { context } = store.store
  const { instanceChanges, instances, reconciler } = context
  const { id } = await launchInstance(context, actor, { appId, visibility: 'PRIVATE', address: '127.0.0.1' })
  const until = (isSo: () => Promise<boolean>) =>
    new Promise<void>((resolve, reject) => {
      const look = () =>
        void isSo().then((isNow) => {
          if (!isNow) return
          end()
          resolve()
        }, reject)
      const end = instanceChanges.subscribe(id, look)
      look()
    })
  await until(async () => (await instances.byId(id))?.status === 'DEPLOYED')
  await instances.wantGone(id, clock.now())
  reconciler.wake()
  await until(async () => (await instances.byId(id)) === undefined)
}

async function run(times: number, work: () => Promise<void>): Promise<void> {
  let left = times
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await work()
    }),
  )
}

function holdings({ store }: LifecycleWorld) {
  collectGarbage()
  return {
    fileDescriptors: readdirSync('/proc/self/fd').length,
    heapMebibytes: Math.round(process.memoryUsage().heapUsed / 2 ** 20),
    listeners: store.store.context.instanceChanges.size,
  }
}
