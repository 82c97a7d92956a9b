import { afterEach, describe, expect, it } from 'vitest'
import { LiveSettings } from '../settings/live-settings.ts'
import { SettingRepository } from '../settings/repository.ts'
import { demoBundle } from '../testing/demo-bundle.ts'
import { LifecycleWorld } from '../testing/lifecycle-world.ts'

const day = 24 * 60 * 60_000

let world: LifecycleWorld
afterEach(() => world[Symbol.asyncDispose]())

describe('settings', () => {
  it('hold at once, are kept, and go back to what the operator set', async () => {
    world = await LifecycleWorld.open({ environment: { WAVE_STORE_INSTANCES_PER_USER: '3' } })
    const { client } = await world.store.as('admin')
    const appId = await world.app()
    const changed = await client.updateSettings({ body: { instancesPerUser: 1, idleMinutes: 0, cpuMillis: 500 } })
    expect(changed.settings).toMatchObject({ instancesPerUser: 1, idleMinutes: 0, cpuMillis: 500 })
    expect(changed.defaults).toMatchObject({ instancesPerUser: 3, idleMinutes: 480, cpuMillis: 0 })
    expect(changed.changed.sort()).toEqual(['cpuMillis', 'idleMinutes', 'instancesPerUser'])
    const first = await world.until(await world.launch(appId), ({ status }) => status === 'DEPLOYED')
    expect(first.idle).toBe(null)
    expect(world.runtime.specOf(first.id)?.limits.cpuMillis).toBe(500)
    await expect(world.launch(appId)).rejects.toMatchObject({ code: 'quota_exceeded' })
    const back = await client.updateSettings({ body: { instancesPerUser: null } })
    expect(back.settings.instancesPerUser).toBe(3)
    expect(back.changed.sort()).toEqual(['cpuMillis', 'idleMinutes'])
    await world.launch(appId)
    const { config, db } = world.store.store.context
    const kept = { ...config, instances: { ...config.instances, cpuMillis: null } }
    const again = (await LiveSettings.open(new SettingRepository(db), kept)).present()
    expect(again.settings).toMatchObject({ instancesPerUser: 3, idleMinutes: 0, cpuMillis: 500 })
  })

  it('open PUBLIC apps to everybody, and close them again', async () => {
    world = await LifecycleWorld.open()
    const { client } = await world.store.as('admin')
    const appId = await world.app()
    const read = async () => (await fetch(`${world.store.origin}/api/apps/${appId}`)).status
    await client.updateSettings({ body: { publicMode: true } })
    await world.dana.client.updateApp({ params: { appId }, body: { visibility: 'PUBLIC' } })
    expect(await read()).toBe(200)
    await client.updateSettings({ body: { publicMode: null } })
    expect(await read()).toBe(401)
    expect((await world.dana.client.getApp({ params: { appId } })).visibility).toBe('ALL_USERS')
  })

  it('tell everybody what administrators have to say', async () => {
    world = await LifecycleWorld.open()
    const { client } = await world.store.as('admin')
    const notices = [{ severity: 'blocked', text: 'Closed on Sunday.' } as const]
    await client.updateSettings({ body: { notices } })
    expect((await world.dana.client.getSession()).notices).toEqual(notices)
    await client.updateSettings({ body: { notices: [] } })
    expect((await world.dana.client.getSession()).notices).toEqual([])
  })

  it('name everything that cannot be set, at once, and change nothing then', async () => {
    world = await LifecycleWorld.open()
    const { client } = await world.store.as('admin')
    const before = await client.getSettings()
    const body = {
      instancesPerUser: 0,
      pids: 1,
      notices: [{ severity: 'info' as const, text: ' ' }],
      memoryBytes: 2 ** 30,
    }
    await expect(client.updateSettings({ body })).rejects.toMatchObject({
      code: 'invalid_request',
      problems: [
        { place: { entry: 'body.instancesPerUser' } },
        { place: { entry: 'body.pids' } },
        { place: { entry: 'body.notices.0.text' } },
      ],
    })
    expect(await client.getSettings()).toEqual(before)
  })
})

it('tells how each part is', async () => {
  world = await LifecycleWorld.open()
  const { client } = await world.store.as('admin')
  await world.app()
  const { items } = await client.getHealth()
  const state = Object.fromEntries(items.map((item) => [item.part, item.state]))
  expect(state).toMatchObject({
    database: 'ok',
    bundles: 'ok',
    catalog: 'ok',
    runtime: 'ok',
    queue: 'ok',
    secrets: 'ok',
  })
  expect(state.people).toBe('warning')
  world.runtime.inspect = () => Promise.reject(new Error('The engine is away.'))
  const broken = (await client.getHealth()).items.find(({ part }) => part === 'runtime')
  expect(broken).toEqual({ part: 'runtime', state: 'failed', text: 'The engine is away.' })
})

it('is ready while every part is, and says to anybody which is not', async () => {
  world = await LifecycleWorld.open()
  const ask = async (path: string) => {
    const response = await fetch(world.store.origin + path)
    return { status: response.status, body: await response.json() }
  }
  expect(await ask('/healthz')).toEqual({ status: 200, body: { status: 'ok' } })
  expect(await ask('/readyz')).toEqual({ status: 200, body: { status: 'ok' } })
  world.runtime.inspect = () => Promise.reject(new Error('The engine is away.'))
  await expect
    .poll(() => ask('/readyz'), { timeout: 10_000 })
    .toEqual({
      status: 503,
      body: { status: 'failed', failed: ['runtime'] },
    })
  expect((await ask('/healthz')).status).toBe(200)
})

it('answers probes at whatever address the store has, and nothing else there', async () => {
  world = await LifecycleWorld.open()
  const elsewhere = world.store.origin.replace('localhost', '127.0.0.1')
  const statusOf = async (path: string) => (await fetch(elsewhere + path)).status
  expect(await Promise.all(['/healthz', '/readyz', '/', '/api/session'].map(statusOf))).toEqual([200, 200, 421, 421])
})

describe('what may be cleaned up', () => {
  it('is what nobody has used for long', async () => {
    world = await LifecycleWorld.open({ environment: { WAVE_STORE_IDLE_MINUTES: '0' } })
    const { client } = await world.store.as('admin')
    const appId = await world.app()
    const old = await world.launch(appId)
    await world.until(old, ({ status }) => status === 'DEPLOYED')
    world.clock.pass(29 * day)
    expect((await client.getCleanUp({})).idleInstances).toEqual([])
    world.clock.pass(2 * day)
    const fresh = await world.launch(appId)
    await world.until(fresh, ({ status }) => status === 'DEPLOYED')
    expect((await client.getCleanUp({})).idleInstances.map(({ id }) => id)).toEqual([old])
    expect((await client.getCleanUp({ query: { days: 60 } })).idleInstances).toEqual([])
  })

  it('is what people left who may not sign in any more', async () => {
    world = await LifecycleWorld.open()
    const { client, importBundle } = await world.store.as('admin')
    const made = await client.createAccount({
      body: { username: 'gil', name: 'Gil Gone', email: '', roles: ['everyone'] },
    })
    const gil = await world.store.as({
      username: 'gil',
      password: made.oneTimePassword,
      newPassword: 'a long password of own',
    })
    const { id: older } = await gil.importBundle(await demoBundle({ name: 'left', version: '1.0.0' }))
    const { id: newer } = await gil.importBundle(await demoBundle({ name: 'left', version: '2.0.0' }))
    const { id: instanceId } = await gil.client.launchInstance({ body: { appId: older } })
    await importBundle(await demoBundle({ name: 'kept' }))
    expect((await client.getCleanUp({})).gonePeople).toEqual([])
    await client.updateAccount({ params: { accountId: made.account.id }, body: { isDisabled: true } })
    const found = await client.getCleanUp({})
    expect(found.gonePeople).toMatchObject([{ name: 'Gil Gone', goneSince: expect.any(String) }])
    expect(found.goneApps.map(({ id }) => id)).toEqual([newer])
    expect(found.goneInstances.map(({ id }) => id)).toEqual([instanceId])
    const { items, total } = await client.listPeople({ query: { search: 'gone' } })
    expect({ items, total }).toMatchObject({ items: [{ name: 'Gil Gone', roles: ['everyone'] }], total: 1 })
  })

  it('is every version that a newer one took the place of, unless somebody runs it', async () => {
    world = await LifecycleWorld.open()
    const { client } = await world.store.as('admin')
    const [first, second, third, fourth] = [
      await world.app({ name: 'grown', version: '1.0.0' }),
      await world.app({ name: 'grown', version: '2.0.0' }),
      await world.app({ name: 'grown', version: '3.0.0' }),
      await world.app({ name: 'grown', version: '4.0.0' }),
    ]
    const superseded = async () => (await client.getCleanUp({})).superseded.map(({ id }) => id)
    expect(await superseded()).toEqual([])
    await world.dana.client.promoteApp({ params: { appId: third } })
    expect(await superseded()).toEqual([first, second])
    const instanceId = await world.launch(first)
    expect(await superseded()).toEqual([second])
    await world.dana.client.terminateInstance({ params: { instanceId } })
    await expect.poll(superseded).toEqual([first, second])
    await world.dana.client.promoteApp({ params: { appId: fourth } })
    expect((await superseded()).toSorted()).toEqual([first, second, third].toSorted())
  })
})
