import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

let store: TestStore
let dana: TestPerson
let uri: TestPerson
let admin: TestPerson
beforeAll(async () => {
  store = await startTestStore({ environment: { WAVE_STORE_PUBLIC_MODE: 'true' } })
  ;[dana, uri, admin] = await Promise.all([store.as('dana'), store.as('uri'), store.as('admin')])
})
afterAll(() => store[Symbol.asyncDispose]())

async function managed(visibility: 'ALL_USERS' | 'PUBLIC' = 'ALL_USERS'): Promise<string> {
  const bundle = await demoBundle({ name: `managed.${randomUUID()}`, app: 'InstanceLifecycle = "MANAGED"' })
  const { id: appId } = await dana.importBundle(bundle)
  await dana.client.updateApp({ params: { appId }, body: { visibility } })
  return appId
}

const launch = (person: TestPerson, appId: string) => person.client.launchInstance({ body: { appId } })
const seen = ({ client }: Pick<TestPerson, 'client'>, appId: string) => client.getApp({ params: { appId } })

describe('a MANAGED app', () => {
  it('has one instance that its owner keeps, open to all, which everybody is told of', async () => {
    const appId = await managed()
    expect(await seen(dana, appId)).toMatchObject({ sharedInstance: null, can: { launch: true } })
    expect(await seen(uri, appId)).toMatchObject({ sharedInstance: null, can: { launch: false } })
    const { id, url, visibility } = await launch(dana, appId)
    expect(visibility).toBe('ALL_USERS')
    for (const person of [dana, uri, admin]) {
      const app = await seen(person, appId)
      expect(app.sharedInstance).toMatchObject({ id, url })
      expect(app.can.launch).toBe(false)
    }
    await dana.client.createAlias({ body: { name: 'for-all', instanceId: id } })
    expect((await seen(uri, appId)).sharedInstance!.url).toBe(url.replace(id, 'for-all'))
    await dana.client.suspendInstance({ params: { instanceId: id } })
    expect((await seen(uri, appId)).sharedInstance!.status).toBe('SUSPENDED')
  })

  it('is launched once, however many ask at one moment, and the others learn which one there is', async () => {
    const appId = await managed()
    const results = await Promise.allSettled([launch(dana, appId), launch(admin, appId), launch(dana, appId)])
    const launched = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []))
    expect(launched).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'conflict', message: expect.stringContaining(launched[0]!) })
  })

  it('tells of its instance only who may open it', async () => {
    const appId = await managed('PUBLIC')
    const { id: instanceId, url } = await launch(dana, appId)
    const anonymous = { client: store.anonymous }
    expect((await seen(anonymous, appId)).sharedInstance).toBeNull()
    await dana.client.updateInstance({ params: { instanceId }, body: { visibility: 'PRIVATE' } })
    expect((await seen(uri, appId)).sharedInstance).toBeNull()
    expect((await seen(admin, appId)).can.launch).toBe(false)
    await expect(launch(admin, appId)).rejects.toMatchObject({ code: 'conflict' })
    await dana.client.updateInstance({ params: { instanceId }, body: { visibility: 'PUBLIC' } })
    expect((await seen(anonymous, appId)).sharedInstance).toMatchObject({ url })
  })

  it('can have another instance once the one before was terminated', async () => {
    const appId = await managed()
    const { id: instanceId } = await launch(dana, appId)
    await dana.client.terminateInstance({ params: { instanceId } })
    expect((await seen(uri, appId)).sharedInstance).toBeNull()
    expect((await launch(dana, appId)).id).not.toBe(instanceId)
  })
})
