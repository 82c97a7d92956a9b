import { afterEach, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { LifecycleWorld } from '../testing/lifecycle-world.ts'

let world: LifecycleWorld
afterEach(() => world[Symbol.asyncDispose]())

it('counts sleeping and failed instances, and says what to do', async () => {
  world = await LifecycleWorld.open({
    environment: { WAVE_STORE_INSTANCES_PER_USER: '2', WAVE_STORE_MAX_RESTARTS: '0' },
  })
  const appId = await world.app()
  const asleep = await world.launch(appId)
  await world.dana.client.suspendInstance({ params: { instanceId: asleep } })
  const failed = await world.launch(appId)
  await world.until(failed, ({ status }) => status === 'DEPLOYED')
  world.runtime.exit(failed, { reason: 'killed', message: 'Killed.', code: null })
  await world.until(failed, ({ status }) => status === 'FAILED')
  await expect(world.launch(appId)).rejects.toMatchObject({
    code: 'quota_exceeded',
    message: 'You have 2 instances, as many as you may; sleeping and failed ones count: terminate one first.',
  })
  await world.dana.client.terminateInstance({ params: { instanceId: failed } })
  await world.launch(appId)
})

it('is smaller for visitors', async () => {
  world = await LifecycleWorld.open({
    environment: { WAVE_STORE_FULL_ACCESS_ROLE: 'full', WAVE_STORE_INSTANCES_PER_VISITOR: '1' },
  })
  const admin = await world.store.as('admin')
  const { id: appId } = await admin.importBundle(await demoBundle())
  const { id: tagId } = await admin.client.createTag({ body: { name: 'for guests', visitorRoles: ['guest'] } })
  await admin.client.assignTag({ params: { appId, tagId } })
  await admin.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
  const body = { username: 'vera', name: 'Vera Visitor', email: '', roles: ['guest'] }
  const { oneTimePassword: password } = await admin.client.createAccount({ body })
  const vera = await world.store.as({ username: 'vera', password, newPassword: 'correct horse battery' })
  await vera.client.launchInstance({ body: { appId } })
  await expect(vera.client.launchInstance({ body: { appId } })).rejects.toMatchObject({
    code: 'quota_exceeded',
    message: 'You have 1 instance, as many as you may; sleeping and failed ones count: terminate one first.',
  })
  for (let count = 0; count < 2; count++) await admin.client.launchInstance({ body: { appId } })
})

it('is all that refuses one of a hundred launches at one moment, which start in order while the store answers', async () => {
  const started: string[] = []
  const launches = 100
  world = await LifecycleWorld.open({
    behaviour: ({ id }) => {
      started.push(id)
      return { phase: 'running' }
    },
    // Two that start beside each other may call the runtime in either order.
    environment: { WAVE_STORE_INSTANCES_PER_USER: '97', WAVE_STORE_MAX_STARTS: '1' },
  })
  const appId = await world.app()
  const asked = Promise.allSettled(Array.from({ length: launches }, () => world.launch(appId)))
  const looks: number[] = []
  const looking = (async () => {
    for (let look = 0; look < 20; look++) {
      const begun = performance.now()
      await world.dana.client.listInstances({})
      looks.push(performance.now() - begun)
    }
  })()
  const answers = await asked
  await looking
  const refused = answers.filter((answer) => answer.status === 'rejected')
  expect(refused.map(({ reason }) => reason.code)).toEqual(['quota_exceeded', 'quota_exceeded', 'quota_exceeded'])
  await expect.poll(() => started.length, { timeout: 30_000 }).toBe(97)
  const { db } = world.store.store.context
  const byTurn = await db.selectFrom('instance').select('id').orderBy('turn').execute()
  expect(started).toEqual(byTurn.map(({ id }) => id))
  expect(Math.max(...looks)).toBeLessThan(5000)
})
