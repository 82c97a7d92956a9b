import type { ExitReason } from '@wave-store/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { LifecycleWorld, type WorldOptions } from '../testing/lifecycle-world.ts'

let world: LifecycleWorld
afterEach(() => world[Symbol.asyncDispose]())
const open = async (options?: WorldOptions) => {
  world = await LifecycleWorld.open(options)
}
const ends = (id: string, reason: ExitReason = 'exited', message = 'It ended with code 3.') =>
  world.runtime.exit(id, { reason, message, code: 3 })

describe('an app that had answered and ends', () => {
  it('is started again after a wait, and its last failure is told until it has run well for a while', async () => {
    await open({ environment: { WAVE_STORE_RESTART_DELAY_SECONDS: '100' } })
    const id = await world.deployed()
    world.runtime.print(id, Array.from({ length: 60 }, (_, line) => `line ${line}\n`).join(''))
    ends(id)
    const waiting = await world.until(id, ({ phase }) => phase === 'backing_off')
    expect(waiting).toMatchObject({ status: 'PENDING', restarts: 0, failure: { reason: 'exited', exitCode: 3 } })
    expect(waiting.failure!.lastLines).toEqual(Array.from({ length: 50 }, (_, line) => `line ${line + 10}`))
    const waitMs = Date.parse(waiting.nextStartAt!) - world.clock.now()
    expect(waitMs).toBeGreaterThan(90_000)
    expect(waitMs).toBeLessThanOrEqual(100_000)
    world.clock.pass(100_000)
    const again = await world.until(id, ({ status }) => status === 'DEPLOYED')
    expect(again).toMatchObject({ restarts: 1, nextStartAt: null, failure: { message: 'It ended with code 3.' } })
    world.clock.pass(10 * 60_000)
    expect(await world.until(id, ({ failure }) => failure === null)).toMatchObject({ restarts: 0, status: 'DEPLOYED' })
  })

  it('is given up after so many times in a row, until somebody acts', async () => {
    await open({ environment: { WAVE_STORE_RESTART_DELAY_SECONDS: '0', WAVE_STORE_MAX_RESTARTS: '2' } })
    const id = await world.deployed()
    for (const restarts of [1, 2]) {
      ends(id, 'killed')
      await world.until(id, (seen) => seen.status === 'DEPLOYED' && seen.restarts === restarts)
    }
    ends(id, 'killed', 'For good.')
    expect(await world.until(id, ({ status }) => status === 'FAILED')).toMatchObject({
      restarts: 2,
      failure: { message: 'For good.' },
    })
    const restarted = await world.dana.client.restartInstance({ params: { instanceId: id } })
    expect(restarted).toMatchObject({ status: 'PENDING', restarts: 0, failure: null })
    await world.until(id, ({ status }) => status === 'DEPLOYED')
  })

  it('counts a start that fails after a crash as another crash', async () => {
    let starts = 0
    const exit = { reason: 'import_error', message: 'No.', code: 1 } as const
    await open({
      behaviour: () => (++starts === 1 ? { phase: 'running' } : { exit }),
      environment: { WAVE_STORE_RESTART_DELAY_SECONDS: '0', WAVE_STORE_MAX_RESTARTS: '2' },
    })
    const id = await world.deployed()
    ends(id)
    expect(await world.until(id, ({ status }) => status === 'FAILED')).toMatchObject({ failure: { message: 'No.' } })
    expect(starts).toBe(3)
  })

  it('can be suspended, resumed and terminated while it waits', async () => {
    await open({ environment: { WAVE_STORE_RESTART_DELAY_SECONDS: '300' } })
    const id = await world.deployed()
    const params = { params: { instanceId: id } }
    ends(id)
    await world.until(id, ({ phase }) => phase === 'backing_off')
    await world.dana.client.suspendInstance(params)
    expect(await world.until(id, ({ phase }) => phase === 'exited')).toMatchObject({ nextStartAt: null })
    await world.dana.client.resumeInstance(params)
    await world.until(id, ({ status }) => status === 'DEPLOYED')
    ends(id)
    await world.until(id, ({ phase }) => phase === 'backing_off')
    await world.dana.client.terminateInstance(params)
    await expect.poll(() => world.runtime.inspect()).toEqual([])
  })
})

it('an app that never answered fails at once, and keeps why, with its last words for who may read them', async () => {
  await open({
    behaviour: () => ({ output: 'Traceback\n', exit: { reason: 'import_error', message: 'No.', code: 1 } }),
  })
  const appId = await world.app()
  await world.dana.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
  const id = await world.launch(appId)
  const failed = await world.until(id, ({ status }) => status === 'FAILED')
  expect(failed).toMatchObject({ failure: { reason: 'import_error', lastLines: ['Traceback'] }, restarts: 0 })
  const uri = await world.store.as('uri')
  await world.dana.client.updateInstance({ params: { instanceId: id }, body: { visibility: 'ALL_USERS' } })
  const { failure } = await uri.client.getInstance({ params: { instanceId: id } })
  expect(failure).toMatchObject({ message: 'The app ended while Python imported it.', lastLines: [] })
})

describe('after a loss of the machine', () => {
  it('what ran starts again in the order it was asked for, so many at a time, and what slept sleeps on', async () => {
    const started: string[] = []
    await open({
      behaviour: ({ id }) => {
        started.push(id)
        return { phase: 'running' }
      },
      environment: { WAVE_STORE_MAX_STARTS: '1' },
    })
    const appId = await world.app()
    const ids: string[] = []
    for (let count = 0; count < 5; count++) ids.push(await world.launch(appId))
    const all = (status: string) => Promise.all(ids.map((id) => world.until(id, (seen) => seen.status === status)))
    await all('DEPLOYED')
    const asleep = ids.splice(2, 1)[0]!
    await world.dana.client.suspendInstance({ params: { instanceId: asleep } })
    await world.until(asleep, ({ phase }) => phase === 'exited')
    started.length = 0
    for (const { id } of await world.runtime.inspect()) world.runtime.forget(id)
    await expect.poll(() => started).toEqual(ids)
    expect((await all('DEPLOYED')).map(({ failure }) => failure?.reason)).toEqual(['lost', 'lost', 'lost', 'lost'])
    expect(await world.get(asleep)).toMatchObject({ status: 'SUSPENDED', phase: 'exited' })
  })
})
