import type { StoreError } from '@wave-store/client'
import type { SecretValue } from '@wave-store/contract'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { eventually } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

const runtime = new InMemoryRuntime()
let store: TestStore
let dana: TestPerson
let uri: TestPerson
let admin: TestPerson
beforeAll(async () => {
  store = await startTestStore({ runtime })
  ;[dana, uri, admin] = [await store.as('dana'), await store.as('uri'), await store.as('admin')]
})
afterAll(() => store[Symbol.asyncDispose]())

let made = 0
const newName = (noun: string) => `${noun}-${++made}`
const keep = (person: TestPerson, name: string, values: Record<string, SecretValue>, more: object = {}) =>
  person.client.createSecret({ body: { name, values, ...more } })
const env = (name: string, secret: string, key: string, more = '') =>
  `[[Env]]\nName = "${name}"\nSecret = "${secret}"\nSecretKey = "${key}"\n${more}`
const file = (path: string, secret: string, key: string, more = '') =>
  `[[File]]\nPath = "${path}"\nSecret = "${secret}"\nSecretKey = "${key}"\n${more}`

async function imported(...tables: string[]) {
  const app = await dana.importBundle(await demoBundle({ name: newName('app'), tables: tables.join('\n') }))
  await dana.client.updateApp({ params: { appId: app.id }, body: { visibility: 'ALL_USERS' } })
  return app
}
async function givenTo(person: TestPerson, appId: string) {
  const { id } = await person.client.launchInstance({ body: { appId } })
  const spec = await eventually(() => runtime.specOf(id) ?? Promise.reject(new Error('not started')))
  await person.client.terminateInstance({ params: { instanceId: id } })
  return spec
}
const details = (appId: string) => dana.client.getApp({ params: { appId } })
const refusal = (...words: string[]) =>
  expect.objectContaining({
    code: 'cannot_launch',
    message: expect.stringMatching(new RegExp(words.map((word) => `(?=.*${word})`).join(''))),
  } satisfies Partial<Record<keyof StoreError, unknown>>)

describe('an app that asks for secrets', () => {
  it('finds them in its environment and files, as they are, and what is optional and missing nowhere', async () => {
    const [name, missing] = [newName('db'), newName('none')]
    const bytes = Buffer.from([0, 255, 10, 13]).toString('base64')
    const text = ' line one\r\nlíne two "quoted" $HOME\n'
    await keep(dana, name, { url: { text }, empty: { text: '' }, store: { base64: bytes }, word: { base64: 'aMO2' } })
    const optional = 'Optional = true'
    const { id, secrets } = await imported(
      env('URL', name, 'url'),
      env('EMPTY', name, 'empty'),
      env('WORD', name, 'word'),
      env('KEYLESS', name, 'nope', optional),
      env('NONE', missing, 'key', optional),
      file('conf/db.txt', name, 'url'),
      file('/keys/store.p12', name, 'store'),
      file('/other/none', missing, 'key', optional),
      '[[Env]]\nName = "PLAIN"\nValue = "plain"',
      '[[File]]\nPath = "/plain/file"\nValue = "plain"',
    )
    const spec = await givenTo(dana, id)
    expect(spec.env).toMatchObject({ URL: text, EMPTY: '', WORD: 'hö', PLAIN: 'plain' })
    expect(Object.keys(spec.env)).not.toEqual(expect.arrayContaining(['NONE']))
    expect(Object.keys(spec.env)).not.toEqual(expect.arrayContaining(['KEYLESS']))
    expect(spec.files).toEqual([
      { path: '/plain/file', content: 'plain' },
      { path: 'conf/db.txt', content: text },
      { path: '/keys/store.p12', content: bytes, encoding: 'base64' },
    ])
    expect(spec.redact).toEqual(expect.arrayContaining([text, 'líne two "quoted" $HOME', bytes]))
    expect(secrets).toEqual([
      { name, keys: ['url', 'empty', 'word', 'nope', 'store'], isOptional: false, found: 'own', missingKeys: ['nope'] },
      { name: missing, keys: ['key'], isOptional: true, found: null, missingKeys: ['key'] },
    ])
  })

  it('has its owner’s own before a shared one, and never the launcher’s', async () => {
    const name = newName('order')
    const { id, secrets } = await imported(env('KEY', name, 'key'))
    await keep(uri, name, { key: { text: 'of the launcher' } })
    expect(secrets).toMatchObject([{ name, found: null }])
    await expect(uri.client.launchInstance({ body: { appId: id } })).rejects.toEqual(refusal(name, 'key'))

    await keep(admin, name, { key: { text: 'shared one' } }, { kind: 'shared' })
    expect((await details(id)).secrets).toMatchObject([{ found: 'shared' }])
    expect((await givenTo(uri, id)).env.KEY).toBe('shared one')

    const own = await keep(dana, name, { key: { text: 'of the owner' } })
    expect((await details(id)).secrets).toMatchObject([{ found: 'own' }])
    expect((await givenTo(uri, id)).env.KEY).toBe('of the owner')

    // The own one counts even where it lacks the key: names never fall through to another's values.
    await dana.client.updateSecret({ params: { secretId: own.id }, body: { remove: ['key'] } })
    await expect(uri.client.launchInstance({ body: { appId: id } })).rejects.toEqual(refusal(name, 'lacks', 'key'))
  })

  it('has a shared one only where that is for its owner or its name', async () => {
    const [forUri, forApp] = [newName('person'), newName('named')]
    const app = await imported(env('A', forUri, 'key', 'Optional = true'), env('B', forApp, 'key', 'Optional = true'))
    const { id: uriId } = (await uri.client.getSession()).user!
    const limited = (people: string[], apps: string[]) => ({
      kind: 'shared',
      audience: { kind: 'some', people, apps },
    })
    await keep(admin, forUri, { key: { text: 'uri alone' } }, limited([uriId], []))
    await keep(admin, forApp, { key: { text: 'this app' } }, limited([], [app.name]))
    const { env: given } = await givenTo(uri, app.id)
    expect([given.A, given.B]).toEqual([undefined, 'this app'])
  })

  it('is imported with a warning for each that is missing, and launched once it is there', async () => {
    const [name, other] = [newName('later'), newName('maybe')]
    const app = await imported(
      env('A', name, 'user'),
      file('/conf/b', name, 'password'),
      env('C', other, 'key', 'Optional = true'),
    )
    expect(app.warnings).toMatchObject([
      {
        code: 'secret_missing',
        severity: 'warning',
        message: expect.stringContaining(`${name} with the keys user, password`),
      },
      { code: 'secret_missing', severity: 'warning', message: expect.stringContaining(other) },
    ])
    expect([app.can.launch, app.launchRefusal]).toEqual([false, expect.stringContaining('under Secrets')])
    const launching = uri.client.launchInstance({ body: { appId: app.id } })
    await expect(launching).rejects.toEqual(refusal(name, 'user, password', 'Dana Developer', 'under Secrets'))

    await keep(dana, name, { user: { text: 'u' }, password: { text: 'p' } })
    const { can, launchRefusal, warnings } = await details(app.id)
    expect([can.launch, launchRefusal]).toEqual([true, null])
    expect(warnings).toMatchObject([{ message: expect.stringContaining(other) }])
  })

  it.each<[string, SecretValue, string]>([
    ['holds NUL', { text: 'a\0planted-value' }, 'NUL'],
    ['is no text', { base64: Buffer.from([0xff, 0xfe, 0x41]).toString('base64') }, 'no text'],
    ['is too long', { text: 'planted-value'.repeat(11_000) }, '128 KiB'],
  ])('is refused a value for its environment that %s, without a quote of it', async (_what, value, reason) => {
    const name = newName('odd')
    await keep(dana, name, { key: value })
    const { id } = await imported(env('ODD', name, 'key'))
    const refused = await dana.client.launchInstance({ body: { appId: id } }).catch((error: unknown) => error)
    expect(refused).toEqual(refusal('ODD', name, 'key', reason))
    expect((refused as StoreError).message).not.toContain('planted')
    expect((await givenTo(dana, (await imported(file('/conf/odd', name, 'key'))).id)).files).toHaveLength(1)
  })
})

describe('an instance', () => {
  async function running(name: string) {
    const { id: secretId } = await keep(dana, name, { key: { text: 'first value' } })
    const { id: appId } = await imported(env('KEY', name, 'key'))
    const { id: instanceId } = await uri.client.launchInstance({ body: { appId } })
    await eventually(() => runtime.specOf(instanceId) ?? Promise.reject(new Error('not started')))
    return { secretId, instanceId, params: { instanceId } }
  }

  it('is neither restarted nor resumed while a secret is missing, and has the new value afterwards', async () => {
    const name = newName('gone')
    const { secretId, instanceId, params } = await running(name)
    const change = (body: object) => dana.client.updateSecret({ params: { secretId }, body })
    await change({ remove: ['key'] })
    await expect(uri.client.restartInstance({ params })).rejects.toEqual(refusal(name, 'key'))
    await uri.client.suspendInstance({ params })
    await expect(uri.client.resumeInstance({ params })).rejects.toEqual(refusal(name, 'key'))
    await change({ set: { key: { text: 'second value' } } })
    await uri.client.resumeInstance({ params })
    await eventually(() => expect(runtime.specOf(instanceId)?.env.KEY).toBe('second value'))
  })

  it('whose secret went before it was started fails, and says which', async () => {
    const name = newName('race')
    const { secretId, instanceId, params } = await running(name)
    await dana.client.updateSecret({ params: { secretId }, body: { remove: ['key'] } })
    // As a machine that comes up again does: it starts what ran.
    runtime.forget(instanceId)
    const { failure } = await eventually(async () => {
      const instance = await uri.client.getInstance({ params })
      expect(instance.status).toBe('FAILED')
      return instance
    })
    expect(failure).toMatchObject({ reason: 'secret_missing', message: expect.stringContaining(name) })
  })

  it('fails without a quote of what it was given, though that was changed meanwhile', async () => {
    const { secretId, instanceId, params } = await running(newName('quoted'))
    await dana.client.updateSecret({ params: { secretId }, body: { set: { key: { text: 'second value' } } } })
    const message = "The app ended: ValueError: invalid dsn 'first value'."
    runtime.exit(instanceId, { reason: 'exited', message, code: 1 })
    await eventually(async () => {
      const { failure } = await uri.client.getInstance({ params })
      expect(failure?.message).toBe("The app ended: ValueError: invalid dsn '•••'.")
    })
  })
})
