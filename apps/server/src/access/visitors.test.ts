import { createClient } from '@wave-store/client'
import type { Visibility } from '@wave-store/contract'
import { tinyPng } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AccessWorld, type Inhabitant } from '../testing/access/access-world.ts'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore } from '../testing/test-store.ts'

let world: AccessWorld
let ua: Inhabitant
let ub: Inhabitant
beforeAll(async () => {
  world = await AccessWorld.create()
  ;[ua, ub] = [world.people.admitted, world.people.visitor]
})
afterAll(() => world[Symbol.asyncDispose]())

async function imported(input: {
  name: string
  version?: string
  title?: string
  visibility: Visibility
  tagIds?: string[]
  category?: string
}): Promise<string> {
  const { appOwner, admin } = world.people
  const app = `Title = "${input.title ?? input.name}"\nCategory = "${input.category ?? 'Other'}"`
  const files = { 'static/icon.png': tinyPng }
  const bundle = await demoBundle({ name: input.name, version: input.version ?? '1.0.0', app, files })
  const { id: appId } = await appOwner.importBundle(bundle)
  for (const tagId of input.tagIds ?? []) await admin.client.assignTag({ params: { appId, tagId } })
  await appOwner.client.updateApp({ params: { appId }, body: { visibility: input.visibility } })
  return appId
}

const catalogOf = async ({ client }: Pick<Inhabitant, 'client'>, search: string) =>
  (await client.listApps({ query: { search } })).items.map((app) => app.title)

describe('visitors', () => {
  it('see and run what a tag admits them to, and nothing else (product rules, worked example)', async () => {
    const [ta, tb] = [await world.tag('limited', ['RA', 'RC']), await world.tag('limited', ['RB'])]
    const apps = {
      A1: await imported({ name: 'worked.a1', visibility: 'ALL_USERS' }),
      A2: await imported({ name: 'worked.a2', visibility: 'ALL_USERS', tagIds: [ta] }),
      A3: await imported({ name: 'worked.a3', visibility: 'PRIVATE', tagIds: [ta, tb] }),
    }
    const usable = async ({ client }: Inhabitant) => {
      const names: string[] = []
      for (const [name, appId] of Object.entries(apps)) {
        const seen = await client.getApp({ params: { appId } }).then(
          () => true,
          () => false,
        )
        const ran = await client.launchInstance({ body: { appId } }).then(
          () => true,
          () => false,
        )
        if (seen !== ran) throw new Error(`${name}: seen ${seen}, ran ${ran}`)
        if (seen) names.push(name)
      }
      return names
    }
    expect([await usable(ua), await usable(ub)]).toEqual([['A2'], []])
    expect(await catalogOf(ua, 'worked.')).toEqual(['worked.a2'])
    expect(await catalogOf(ub, 'worked.')).toEqual([])
  })

  it('find in the Catalog the newest version that they may see, counted by category as it is shown', async () => {
    const tag = await world.tag('limited', ['RA'])
    const base = { name: 'newest.app', visibility: 'ALL_USERS' } as const
    const first = await imported({ ...base, version: '9.0.0', title: 'Nine', tagIds: [tag], category: 'Sales' })
    await imported({ ...base, version: '10.0.0', title: 'Ten', category: 'Retail' })
    await imported({ ...base, version: '11.0.0', title: 'Eleven', visibility: 'PRIVATE', tagIds: [tag] })
    expect(await catalogOf(world.people.stranger, 'newest.app')).toEqual(['Ten'])
    const { items, total, categories } = await ua.client.listApps({ query: { search: 'newest.app' } })
    expect(items.map((app) => app.title)).toEqual(['Nine'])
    expect([total, categories]).toEqual([1, [{ category: 'Sales', count: 1 }]])
    expect((await ua.client.getApp({ params: { appId: first } })).versions.map((one) => one.version)).toEqual(['9.0.0'])
    const open = await imported({ ...base, version: '12.0.0', title: 'Twelve', visibility: 'PUBLIC' })
    expect(await catalogOf(ua, 'newest.app')).toEqual(['Twelve'])
    expect(await catalogOf(ub, 'newest.app')).toEqual(['Twelve'])
    expect((await ub.client.getApp({ params: { appId: open } })).versions).toHaveLength(1)
  })

  it('learn no addresses, no tags, and nothing of what was written for the store', async () => {
    const tag = await world.tag('limited', ['RA'])
    const appId = await imported({ name: 'told.little', visibility: 'ALL_USERS', tagIds: [tag] })
    const app = await ua.client.getApp({ params: { appId } })
    const instance = await ua.client.launchInstance({ body: { appId } })
    expect(app).toMatchObject({ tags: [], manifestText: '', warnings: [], can: { update: false, download: false } })
    expect(JSON.stringify([app, instance, await ua.client.listInstances({})])).not.toContain('@example.com')
    expect((await ua.client.listApps({ query: { tag } })).total).toBe(0)
    expect((await ua.client.listApps({ query: { scope: 'mine' } })).items).toEqual([])
    expect((await ua.client.listAppFiles({ params: { appId } })).items).toEqual([])
    const seen = await world.people.stranger.client.getApp({ params: { appId } })
    expect(seen.owner.email).toBe('appOwner@example.com')
  })

  it('have a quota of their own', async () => {
    const tag = await world.tag('limited', ['RC'])
    const appId = await imported({ name: 'visitors.quota', visibility: 'ALL_USERS', tagIds: [tag] })
    const body = { username: 'many', name: 'Many', email: '', roles: ['RC'] }
    const { oneTimePassword: password } = await world.people.admin.client.createAccount({ body })
    const { client } = await world.store.as({ username: 'many', password, newPassword: 'many long enough' })
    for (let count = 0; count < 5; count++) await client.launchInstance({ body: { appId } })
    await expect(client.launchInstance({ body: { appId } })).rejects.toMatchObject({ code: 'quota_exceeded' })
  })
})

describe('who is not signed in', () => {
  it('reads PUBLIC apps, by their newest PUBLIC version, and nothing else', async () => {
    const anonymous = { client: createClient({ baseUrl: world.store.origin }) }
    const base = { name: 'public.app', visibility: 'PUBLIC' } as const
    const appId = await imported({ ...base, version: '1.0.0', title: 'One' })
    const hidden = await imported({ ...base, version: '2.0.0', title: 'Two', visibility: 'ALL_USERS' })
    expect(await catalogOf(anonymous, 'public.app')).toEqual(['One'])
    const app = await anonymous.client.getApp({ params: { appId } })
    expect(app).toMatchObject({ owner: { email: '' }, tags: [], myInstance: null, can: { launch: false } })
    expect(app.versions.map((one) => one.version)).toEqual(['1.0.0'])
    await expect(anonymous.client.getApp({ params: { appId: hidden } })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    const icon = await fetch(world.store.origin + app.iconUrl)
    expect([icon.status, icon.headers.get('cache-control'), icon.headers.get('vary')]).toEqual([
      200,
      'private, max-age=86400',
      'Cookie, Authorization',
    ])
  })
})

describe('public mode', () => {
  it('is refused with the reason where it is off, and what was PUBLIC counts as ALL_USERS then', async () => {
    await using on = await startTestStore({ environment: { WAVE_STORE_PUBLIC_MODE: 'true' } })
    const owner = await on.as('dana')
    const { id: appId } = await owner.importBundle(await demoBundle({ name: 'was.public' }))
    await owner.client.updateApp({ params: { appId }, body: { visibility: 'PUBLIC' } })
    expect((await owner.client.getSession()).settings.visibilities).toContain('PUBLIC')
    await on.store[Symbol.asyncDispose]()

    const environment = { WAVE_STORE_FULL_ACCESS_ROLE: 'full' }
    await using off = await startTestStore({ dataDir: on.dataDir, environment })
    const [again, user] = [await off.as('dana'), await off.as('uri')]
    expect(await user.client.getApp({ params: { appId } })).toMatchObject({ visibility: 'ALL_USERS' })
    expect((await user.client.listApps({})).items.map((app) => app.id)).toEqual([appId])
    expect((await user.client.getSession()).settings.visibilities).toEqual(['PRIVATE', 'ALL_USERS'])
    expect((await (await off.as('vera')).client.listApps({})).items).toEqual([])
    for (const ask of [() => off.anonymous.getApp({ params: { appId } }), () => off.anonymous.listApps({})])
      await expect(ask()).rejects.toMatchObject({ code: 'unauthenticated' })
    for (const ask of [
      () => again.client.updateApp({ params: { appId }, body: { visibility: 'PUBLIC' } }),
      () => again.client.launchInstance({ body: { appId, visibility: 'PUBLIC' } }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('public mode') })
  })
})
