import { StoreError } from '@wave-store/client'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { eventually } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

const runtime = new InMemoryRuntime()
const packages = [{ name: 'h2o-wave', version: '1.8.2' }]
const built = { key: 'abc', python: '3.11.2', sizeBytes: 7, builtAt: 1000, lastUsedAt: 2000, inUse: 1 }
let store: TestStore
let admin: TestPerson
let dana: TestPerson
let made = 0

beforeAll(async () => {
  store = await startTestStore({ runtime })
  ;[admin, dana] = await Promise.all([store.as('admin'), store.as('dana')])
  runtime.environments.keep(built, packages)
})
afterAll(() => store[Symbol.asyncDispose]())

async function launch(): Promise<{ appId: string; instanceId: string }> {
  made += 1
  const { id: appId } = await dana.importBundle(await demoBundle({ name: `app-${made}` }))
  const { id: instanceId } = await dana.client.launchInstance({ body: { appId } })
  return { appId, instanceId }
}

describe('environments', () => {
  it('are listed with what is in them and the apps that run in them', async () => {
    const { appId, instanceId } = await launch()
    runtime.setEnvironmentKey(instanceId, 'abc')
    const environment = await eventually(async () => {
      const { items } = await admin.client.listEnvironments()
      expect(items[0]!.apps.map(({ id }) => id)).toEqual([appId])
      return items[0]!
    })
    expect(environment).toMatchObject({ key: 'abc', sizeBytes: 7, instanceCount: 1 })
    expect((await admin.client.getEnvironment({ params: { key: 'abc' } })).packages).toEqual(packages)
    const own = await dana.client.getInstanceEnvironment({ params: { instanceId } })
    expect(own.environment?.packages).toEqual(packages)
  })

  it('say nothing of an instance that has none', async () => {
    const { instanceId } = await launch()
    expect(await dana.client.getInstanceEnvironment({ params: { instanceId } })).toEqual({ environment: null })
  })

  it('are taken off the shelf to be built anew', async () => {
    runtime.environments.keep({ ...built, key: 'old' })
    await admin.client.rebuildEnvironment({ params: { key: 'old' } })
    await expect(admin.client.getEnvironment({ params: { key: 'old' } })).rejects.toThrow(StoreError)
    await expect(admin.client.rebuildEnvironment({ params: { key: 'old' } })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('constraints', () => {
  it('are the platform’s own until somebody edits them, and go to every start from then on', async () => {
    expect(await admin.client.getConstraints()).toMatchObject({ isDefault: true, updatedAt: null })
    const edited = await admin.client.updateConstraints({ body: { text: 'starlette<1\n' } })
    expect(edited).toMatchObject({ text: 'starlette<1\n', isDefault: false })
    const { instanceId } = await launch()
    await eventually(() => expect(runtime.specOf(instanceId)?.environment.constraints).toBe('starlette<1\n'))
    expect((await admin.client.updateConstraints({ body: { text: null } })).isDefault).toBe(true)
  })

  it('are refused with every line that is none', async () => {
    const refused = admin.client.updateConstraints({ body: { text: 'flask<3\n-r x\nb c\n' } })
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_request',
      problems: [{ place: { line: 2 } }, { place: { line: 3 } }],
    })
    expect((await admin.client.getConstraints()).isDefault).toBe(true)
  })
})
