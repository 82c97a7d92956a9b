import type { Instance } from '@wave-store/contract'
import { eventually } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

let store: TestStore
let dana: TestPerson
let uri: TestPerson
let admin: TestPerson
let appId: string
beforeAll(async () => {
  const environment = { WAVE_STORE_ALIASES_PER_USER: '6', WAVE_STORE_INSTANCES_PER_USER: '100' }
  store = await startTestStore({ environment })
  ;[dana, uri, admin] = await Promise.all([store.as('dana'), store.as('uri'), store.as('admin')])
  appId = (await dana.importBundle(await demoBundle())).id
  await dana.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
})
afterAll(() => store[Symbol.asyncDispose]())

const launch = (person = dana) => person.client.launchInstance({ body: { appId } })
const name = (person: TestPerson, instance: Instance, alias: string, isPrimary?: boolean) =>
  person.client.createAlias({ body: { name: alias, instanceId: instance.id, isPrimary } })
const seen = ({ id }: Instance, person = dana) => person.client.getInstance({ params: { instanceId: id } })
const mine = async (person: TestPerson) => (await person.client.listAliases({})).items
const giveBack = async (person: TestPerson) => {
  for (const alias of await mine(person)) await person.client.deleteAlias({ params: { name: alias.name } })
}

/** Ends the instance, and waits until nothing of it is left. */
async function terminated(instance: Instance) {
  await dana.client.terminateInstance({ params: { instanceId: instance.id } })
  await eventually(async () => expect(await store.store.context.instances.byId(instance.id)).toBeUndefined())
}

describe('names of instances', () => {
  it('make the first one its address, and list them all', async () => {
    const instance = await launch()
    const alias = await name(dana, instance, ' Churn ')
    expect(alias).toMatchObject({ name: 'churn', isPrimary: true, can: { update: true, delete: true } })
    expect(alias.url).toBe(instance.url.replace(instance.id, 'churn'))
    expect(await name(dana, instance, 'churn-2')).toMatchObject({ isPrimary: false })
    expect(await seen(instance)).toMatchObject({ url: alias.url, aliases: ['churn', 'churn-2'] })

    await dana.client.updateAlias({ params: { name: 'churn-2' }, body: { isPrimary: true } })
    expect(await seen(instance)).toMatchObject({ aliases: ['churn-2', 'churn'] })
    await dana.client.updateAlias({ params: { name: 'churn-2' }, body: { isPrimary: false } })
    expect((await seen(instance)).url).toBe(instance.url)
    await giveBack(dana)
    expect(await seen(instance)).toMatchObject({ url: instance.url, aliases: [] })
  })

  it('move to another instance of the same owner, and to no one else’s', async () => {
    const [first, second, theirs] = await Promise.all([launch(), launch(), launch(uri)])
    await name(dana, first, 'moving')
    await name(dana, second, 'staying')
    const body = { instanceId: second.id }
    expect(await dana.client.updateAlias({ params: { name: 'moving' }, body })).toMatchObject({
      instance: { id: second.id },
      isPrimary: false,
    })
    expect((await seen(first)).aliases).toEqual([])
    const move = (person: TestPerson) =>
      person.client.updateAlias({ params: { name: 'moving' }, body: { instanceId: theirs.id } })
    await expect(move(uri)).rejects.toMatchObject({ code: 'not_found' })
    await expect(move(dana)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(move(admin)).rejects.toMatchObject({ code: 'conflict' })
    await giveBack(dana)
  })

  it('stay their owner’s when the instance is terminated', async () => {
    const instance = await launch()
    await name(dana, instance, 'left-over')
    await dana.client.updateInstance({ params: { instanceId: instance.id }, body: { visibility: 'ALL_USERS' } })
    expect((await uri.client.listAliases({ query: { instanceId: instance.id } })).items).toMatchObject([
      { name: 'left-over', can: { update: false, delete: false } },
    ])
    await terminated(instance)
    expect(await mine(dana)).toMatchObject([{ name: 'left-over', instance: null, isPrimary: false }])
    const next = await launch()
    const primary = { params: { name: 'left-over' }, body: { isPrimary: true } }
    await expect(dana.client.updateAlias(primary)).rejects.toMatchObject({ code: 'conflict' })
    await expect(name(uri, await launch(uri), 'left-over')).rejects.toMatchObject({ code: 'conflict' })
    await expect(uri.client.deleteAlias({ params: { name: 'left-over' } })).rejects.toMatchObject({ code: 'not_found' })
    const moved = { params: { name: 'left-over' }, body: { instanceId: next.id } }
    expect(await dana.client.updateAlias(moved)).toMatchObject({ instance: { id: next.id }, isPrimary: true })
    await giveBack(dana)
  })

  it('are anybody’s again once they were given back, and count as moved', async () => {
    await name(dana, await launch(), 'free')
    await giveBack(dana)
    expect(await mine(dana)).toEqual([])
    await expect(dana.client.deleteAlias({ params: { name: 'free' } })).rejects.toMatchObject({ code: 'not_found' })
    await name(uri, await launch(uri), 'free')
    expect(await store.store.context.aliases.leadOf('free')).toMatchObject({ moveMark: expect.any(String) })
    await giveBack(uri)
  })

  it('are not taken from who has them by now, though somebody was about to change them', async () => {
    const { aliases } = store.store.context
    const [theirs, mineToo] = await Promise.all([launch(uri), launch()])
    await name(dana, mineToo, 'handed-on')
    const before = (await aliases.byName('handed-on'))!
    await giveBack(dana)
    await name(uri, theirs, 'handed-on')
    await expect(aliases.lead(before, mineToo.id, undefined)).rejects.toMatchObject({ code: 'not_found' })
    await expect(aliases.release(before)).rejects.toMatchObject({ code: 'not_found' })
    expect(await mine(uri)).toMatchObject([{ name: 'handed-on', instance: { id: theirs.id } }])
    await giveBack(uri)
  })

  it('are the instance owner’s, whoever gives them', async () => {
    const instance = await launch()
    expect(await name(admin, instance, 'by-admin')).toMatchObject({ owner: { name: 'Dana Developer' } })
    expect((await mine(admin)).length).toBe(0)
    expect((await admin.client.listAliases({ query: { scope: 'all' } })).items.map((one) => one.name)).toEqual([
      'by-admin',
    ])
    await giveBack(dana)
  })

  it('are so many at most', async () => {
    const instance = await launch()
    for (let index = 0; index < 6; index += 1) await name(dana, instance, `many-${index}`)
    await expect(name(dana, instance, 'many-6')).rejects.toMatchObject({ code: 'quota_exceeded' })
    await giveBack(dana)
  })

  it('belong to one of many who ask at one moment', async () => {
    const instances = await Promise.all([launch(), launch(), launch(uri), launch(uri)])
    const asked = instances.map((instance, index) => name(index < 2 ? dana : uri, instance, 'wanted'))
    const results = await Promise.allSettled(asked)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const person of [dana, uri]) await giveBack(person)
  })

  it.each(['www', 'login', 'store', '0f8fad5b-d9cb-469f-a165-70867728950e', 'ab--cd'])(
    'are never %s, and it is said why',
    async (reserved) => {
      const instance = await launch()
      await expect(name(dana, instance, reserved)).rejects.toMatchObject({
        code: 'invalid_request',
        message: expect.stringContaining('since'),
      })
    },
  )

  it.each(['xn--bcher-kva', 'a', '-abc', 'abc-', 'a.b', 'a_b', 'ä-b', 'a'.repeat(64)])(
    'are never %j, which is no name',
    async (wrong) => {
      await expect(name(dana, await launch(), wrong)).rejects.toMatchObject({ code: 'invalid_request' })
    },
  )
})
