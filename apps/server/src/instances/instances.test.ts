import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { eventually } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoBundle, demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

let app: Server
let runtime: InMemoryRuntime
let store: TestStore
let dana: TestPerson
let uri: TestPerson
let admin: TestPerson
beforeAll(async () => {
  app = createServer((_request, response) => response.end('the app')).listen(0, '127.0.0.1')
  await once(app, 'listening')
  const { port } = app.address() as AddressInfo
  runtime = new InMemoryRuntime({ address: () => ({ host: '127.0.0.1', port }) })
  store = await startTestStore({
    runtime,
    environment: { WAVE_STORE_INSTANCES_PER_USER: '4', WAVE_STORE_MAX_RESTARTS: '0' },
  })
  ;[dana, uri, admin] = await Promise.all([store.as('dana'), store.as('uri'), store.as('admin')])
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  app.close()
})

async function published(bundle: DemoBundle) {
  const { id: appId } = await dana.importBundle(await demoBundle(bundle))
  return dana.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
}

async function terminate(person: TestPerson, instanceId: string) {
  await person.client.terminateInstance({ params: { instanceId } })
  await eventually(async () => {
    const { items } = await person.client.listInstances({})
    expect(items.map((one) => one.id)).not.toContain(instanceId)
  })
}

describe('a launch', () => {
  it('answers at once, and is deployed when the app answers', async () => {
    const { id: appId } = await published({ name: 'launch.one' })
    const instance = await uri.client.launchInstance({ body: { appId } })
    expect(instance).toMatchObject({ status: 'PENDING', visibility: 'PRIVATE', owner: { name: 'Uri User' } })
    expect(instance.url).toBe(`${store.origin.replace('://', `://${instance.id}.`)}/`)
    expect(await uri.deployed(instance.id)).toMatchObject({ failure: null, can: { open: true, terminate: true } })
    const shown = { id: instance.id, url: instance.url, status: 'DEPLOYED' }
    expect((await uri.client.getApp({ params: { appId } })).myInstance).toEqual(shown)
    await terminate(uri, instance.id)
    await expect(uri.client.getInstance({ params: { instanceId: instance.id } })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await runtime.inspect()).toEqual([])
  })

  it.each<[string, DemoBundle, string]>([
    ['a secret', { tables: '[[Env]]\nName = "KEY"\nSecret = "vault"\nSecretKey = "k"' }, 'vault'],
    ['a GPU', { runtime: 'Module = "app"\nGPUCount = 1' }, 'GPU'],
    ['an image', { runtime: 'AppMode = "container"\nCustomImage = "example/app:1"\nPort = 80' }, 'container'],
  ])(
    'is refused with the reason for an app that needs %s, which is imported all the same',
    async (what, bundle, reason) => {
      const {
        id: appId,
        can,
        launchRefusal,
      } = await published({ name: `needs.${what.replaceAll(' ', '-')}`, ...bundle })
      expect(can.launch).toBe(false)
      expect(launchRefusal).toContain(reason)
      await expect(dana.client.launchInstance({ body: { appId } })).rejects.toMatchObject({
        code: 'cannot_launch',
        message: expect.stringContaining(reason),
      })
    },
  )

  it('is refused where no sandbox works, unless the operator says otherwise', async () => {
    const bare = new InMemoryRuntime({ capabilities: { isolation: 'none', advice: 'Install bubblewrap.' } })
    const tryIn = async (environment: Record<string, string>) => {
      await using other = await startTestStore({ runtime: bare.reopen(), environment })
      const owner = await other.as('dana')
      const { notices } = await owner.client.getSession()
      const app = await owner.importBundle(await demoBundle())
      return { notices, can: app.can.launch, refusal: app.launchRefusal }
    }
    const warning = { severity: 'severeWarning', text: 'Install bubblewrap.' }
    expect(await tryIn({})).toEqual({ notices: [warning], can: false, refusal: expect.stringContaining('bubblewrap') })
    const allowed = await tryIn({ WAVE_STORE_ALLOW_UNSANDBOXED: 'true', WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'true' })
    expect(allowed).toEqual({ notices: [warning], can: true, refusal: null })
  })

  it('is refused for a link, whose address is told instead', async () => {
    const link = 'InstanceLifecycle = "LINK"'
    const { id: appId, linkAddress } = await published({
      name: 'a.link',
      app: link,
      runtime: '',
      tables: '[Link]\nAddress = "https://example.com/"',
    })
    expect(linkAddress).toBe('https://example.com/')
    await expect(dana.client.launchInstance({ body: { appId } })).rejects.toMatchObject({ code: 'cannot_launch' })
  })

  it('goes without a secret that is optional', async () => {
    const tables = '[[Env]]\nName = "KEY"\nSecret = "vault"\nSecretKey = "k"\nOptional = true'
    const { id: appId } = await published({ name: 'optional.secret', tables })
    const { id } = await dana.client.launchInstance({ body: { appId } })
    await dana.deployed(id)
    await terminate(dana, id)
  })

  it('is refused past the quota, and by somebody who may not see the app', async () => {
    const { id: appId } = await published({ name: 'quota' })
    const ids: string[] = []
    for (let i = 0; i < 4; i++) ids.push((await uri.client.launchInstance({ body: { appId } })).id)
    await expect(uri.client.launchInstance({ body: { appId } })).rejects.toMatchObject({ code: 'quota_exceeded' })
    for (const id of ids) await terminate(uri, id)
    const hidden = await dana.importBundle(await demoBundle({ name: 'hidden' }))
    await expect(uri.client.launchInstance({ body: { appId: hidden.id } })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is refused when one person asks too often, and says when to come back', async () => {
    await using other = await startTestStore({ environment: { WAVE_STORE_LAUNCHES_PER_MINUTE: '2' } })
    const owner = await other.as('dana')
    const { id: appId } = await owner.importBundle(await demoBundle())
    const launch = () =>
      owner.fetch('/api/instances', {
        method: 'POST',
        body: JSON.stringify({ appId }),
        headers: { 'content-type': 'application/json' },
      })
    const answers = [await launch(), await launch(), await launch()]
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 429])
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('passes the guide’s environment, literals and files to the runtime', async () => {
    const tables = '[[Env]]\nName = "COLOUR"\nValue = "teal"\n[[File]]\nPath = "conf/a.txt"\nValue = "text"'
    const { id: appId } = await published({ name: 'environment', tables })
    const { id } = await dana.client.launchInstance({ body: { appId } })
    await dana.deployed(id)
    const spec = runtime.specOf(id)
    expect(spec?.env).toEqual({
      COLOUR: 'teal',
      H2O_CLOUD_ENVIRONMENT: store.origin,
      H2O_CLOUD_INSTANCE_ID: id,
      H2O_CLOUD_INSTANCE_URL: store.origin.replace('://', `://${id}.`),
      H2O_CLOUD_IDENTITY_JWKS: expect.stringContaining('P-256'),
      H2O_CLOUD_APP_ID: appId,
      H2O_CLOUD_APP_NAME: 'environment',
      H2O_CLOUD_APP_VERSION: '1.0.0',
    })
    expect(spec?.files).toEqual([{ path: 'conf/a.txt', content: 'text' }])
    await terminate(dana, id)
  })
})

describe('an instance', () => {
  it('is its owner’s; the owner of its app and admins see it, strangers do not', async () => {
    const { id: appId } = await published({ name: 'private.instance' })
    const { id: instanceId } = await uri.client.launchInstance({ body: { appId } })
    const params = { params: { instanceId } }
    expect((await dana.client.getInstance(params)).can).toMatchObject({ open: false, readLogs: true, terminate: false })
    expect((await admin.client.getInstance(params)).can).toMatchObject({ open: false, readLogs: true, terminate: true })
    await expect(dana.client.terminateInstance(params)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await dana.client.listInstances({ query: { appId } })).items.map((one) => one.id)).toEqual([instanceId])
    await terminate(uri, instanceId)
    const { id: mine } = await dana.client.launchInstance({ body: { appId } })
    await expect(uri.client.getInstance({ params: { instanceId: mine } })).rejects.toMatchObject({ code: 'not_found' })
    const update = (person: TestPerson) =>
      person.client.updateInstance({ params: { instanceId: mine }, body: { visibility: 'ALL_USERS' } })
    await expect(update(uri)).rejects.toMatchObject({ code: 'not_found' })
    await update(dana)
    expect((await uri.client.getInstance({ params: { instanceId: mine } })).can).toMatchObject({
      open: true,
      readLogs: false,
    })
    await terminate(dana, mine)
  })

  it('that ended for good keeps why until it is restarted', async () => {
    const { id: appId } = await published({ name: 'failing' })
    const { id } = await dana.client.launchInstance({ body: { appId } })
    await dana.deployed(id)
    runtime.exit(id, { reason: 'out_of_memory', message: 'It used more than 1 GiB.', code: null })
    const params = { params: { instanceId: id } }
    await eventually(async () => {
      expect(await dana.client.getInstance(params)).toMatchObject({
        status: 'FAILED',
        failure: { reason: 'out_of_memory', message: 'It used more than 1 GiB.', exitCode: null },
      })
    })
    expect((await dana.client.getApp({ params: { appId } })).myInstance).toBeNull()
    expect(await dana.client.restartInstance(params)).toMatchObject({ status: 'PENDING', failure: null })
    await dana.deployed(id)
    await terminate(dana, id)
  })

  it('that the runtime lost is started again', async () => {
    const { id: appId } = await published({ name: 'lost' })
    const { id } = await dana.client.launchInstance({ body: { appId } })
    await dana.deployed(id)
    runtime.forget(id)
    await eventually(async () => expect(await runtime.inspect()).toMatchObject([{ id, phase: 'running' }]))
    await dana.deployed(id)
    await terminate(dana, id)
  })

  it('is not deployed before its app answers', async () => {
    const quiet = new InMemoryRuntime({ address: () => ({ host: '127.0.0.1', port: 1 }) })
    await using other = await startTestStore({ runtime: quiet })
    const owner = await other.as('dana')
    const { id: appId } = await owner.importBundle(await demoBundle({ name: 'quiet' }))
    const { id } = await owner.client.launchInstance({ body: { appId } })
    const instance = await eventually(async () => {
      const seen = await owner.client.getInstance({ params: { instanceId: id } })
      expect(seen.phase).toBe('starting')
      return seen
    })
    expect(instance.status).toBe('PENDING')
  })

  it('that is on its way out is not restarted any more', async () => {
    const { id: appId } = await published({ name: 'leaving' })
    const { id } = await dana.client.launchInstance({ body: { appId } })
    await dana.deployed(id)
    const params = { params: { instanceId: id } }
    runtime.failNext('stop')
    await dana.client.terminateInstance(params)
    await expect(dana.client.restartInstance(params)).rejects.toMatchObject({
      code: 'cannot_launch',
      message: expect.stringContaining('being terminated'),
    })
    await terminate(dana, id)
  })

  it('stops reading its logs when the reader leaves', async () => {
    const left = Promise.withResolvers<void>()
    class ChattyRuntime extends InMemoryRuntime {
      override async *logs() {
        try {
          for (;;) yield Buffer.alloc(2 ** 20, 'x\n')
        } finally {
          left.resolve()
        }
      }
    }
    await using other = await startTestStore({ runtime: new ChattyRuntime() })
    const owner = await other.as('dana')
    const { id: appId } = await owner.importBundle(await demoBundle({ name: 'chatty' }))
    const { id } = await owner.client.launchInstance({ body: { appId } })
    const reader = new AbortController()
    const answer = await owner.fetch(`/api/instances/${id}/logs`, { signal: reader.signal })
    await answer.body!.getReader().read()
    reader.abort()
    await left.promise
  })

  it('shows its logs to who may read them', async () => {
    const { id: appId } = await published({ name: 'logs' })
    const { id } = await uri.client.launchInstance({ body: { appId } })
    await uri.deployed(id)
    runtime.print(id, 'one\ntwo\n')
    expect(await (await uri.fetch(`/api/instances/${id}/logs`)).text()).toBe('one\ntwo\n')
    expect(await (await dana.fetch(`/api/instances/${id}/logs?offset=4`)).text()).toBe('two\n')
    await uri.client.updateInstance({ params: { instanceId: id }, body: { visibility: 'ALL_USERS' } })
    await terminate(uri, id)
  })
})
