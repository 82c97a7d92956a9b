import type { StoreError } from '@wave-store/client'
import type { ErrorCode, SecretValue } from '@wave-store/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

let store: TestStore
let dana: TestPerson
let uri: TestPerson
let admin: TestPerson
beforeAll(async () => {
  store = await startTestStore({ environment: { WAVE_STORE_SECRETS_PER_USER: '20' } })
  ;[dana, uri, admin] = [await store.as('dana'), await store.as('uri'), await store.as('admin')]
})
afterAll(() => store[Symbol.asyncDispose]())

const planted = 'plant3d-v4lue'
let made = 0
const newName = (noun: string) => `${noun}-${++made}`
const create = (person: TestPerson, name: string, more: object = {}) =>
  person.client.createSecret({ body: { name, values: { key: { text: planted } }, ...more } })
const refusal = (code: ErrorCode, message?: string) =>
  expect.objectContaining({
    code,
    ...(message && { message: expect.stringContaining(message) }),
  }) satisfies Partial<StoreError>
const asking = (name: string, ...secrets: string[]) =>
  demoBundle({
    name,
    tables: secrets.map((one, at) => `[[Env]]\nName = "V${at}"\nSecret = "${one}"\nSecretKey = "key"`).join('\n'),
  })

describe('a secret', () => {
  it('is kept, changed and deleted, and never tells a value', async () => {
    const name = newName('db')
    const body = { name, description: 'Of the tests', values: { user: { text: planted }, file: { base64: 'AAEC' } } }
    const secret = await dana.client.createSecret({ body })
    expect(secret).toMatchObject({ name, kind: 'own', description: 'Of the tests', useCount: 0, audience: null })
    expect(secret.keys.map(({ key }) => key)).toEqual(['file', 'user'])

    const params = { secretId: secret.id }
    const changes = { set: { password: { text: planted } }, remove: ['file'], description: '' }
    const changed = await dana.client.updateSecret({ params, body: changes })
    expect(changed.keys.map(({ key }) => key)).toEqual(['password', 'user'])
    for (const path of ['/api/secrets', `/api/secrets/${secret.id}`, '/api/secrets?scope=all', '/api/audit?scope=all'])
      expect(await (await admin.fetch(path)).text()).not.toContain(planted)
    expect(await (await dana.fetch(`/api/secrets/${secret.id}`)).text()).not.toContain(planted)
    await dana.client.deleteSecret({ params })
    await expect(dana.client.getSecret({ params })).rejects.toEqual(refusal('not_found'))
  })

  it('has a name that is its owner’s alone, also when two are made at once', async () => {
    const name = newName('twice')
    const tries = await Promise.allSettled([create(dana, name), create(dana, name), create(dana, name)])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toEqual(refusal('conflict', name))
    await create(uri, name)
    await create(admin, name, { kind: 'shared' })
    await expect(create(admin, name, { kind: 'shared' })).rejects.toEqual(refusal('conflict', 'shared'))
  })

  it('is changed by two at once without losing what either set', async () => {
    const { id: secretId } = await create(dana, newName('both'))
    const set = (key: string) =>
      dana.client.updateSecret({ params: { secretId }, body: { set: { [key]: { text: 'x' } } } })
    await Promise.all([set('a'), set('b'), set('c')])
    const { keys } = await dana.client.getSecret({ params: { secretId } })
    expect(keys.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'key'])
  })

  it.each<[string, object]>([
    ['a value that is no text', { values: { key: { text: `${planted}\ud800` } } }],
    ['a value that is neither', { values: { key: { word: planted } } }],
    ['a value that is both', { values: { key: { text: planted, base64: planted } } }],
    ['a bare value', { values: { key: planted } }],
    ['base64 that is none', { values: { key: { base64: `${planted}!` } } }],
    ['a key with a blank', { values: { 'a key': { text: planted } } }],
    ['a name with a slash', { name: 'a/b' }],
    ['an audience of an own one', { audience: { kind: 'everyone' } }],
    ['a field that there is not', { value: planted }],
  ])('is refused with %s, and the refusal quotes no value', async (_what, wrong) => {
    const body = JSON.stringify({ name: newName('wrong'), ...wrong })
    const headers = { 'content-type': 'application/json' }
    const response = await dana.fetch('/api/secrets', { method: 'POST', headers, body })
    expect(response.status).toBe(400)
    expect(await response.text()).not.toContain(planted)
  })

  it('is refused where the body is not JSON, without a quote of it', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = `{"values": {"key": {"text": "${planted}"`
    const response = await dana.fetch('/api/secrets', { method: 'POST', headers, body })
    expect([response.status, await response.text()]).toEqual([400, expect.not.stringContaining(planted)])
  })

  it('has no key that would be lost on the way', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = `{"name": "${newName('lost')}", "values": {"__proto__": {"text": "${planted}"}}}`
    const response = await dana.fetch('/api/secrets', { method: 'POST', headers, body })
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('No key is named __proto__'),
    ])
  })

  it('holds at most 1 MiB a value and 4 MiB in all, and says so', async () => {
    const mebibyte: SecretValue = { base64: Buffer.alloc(1 << 20).toString('base64') }
    const full = { a: mebibyte, b: mebibyte, c: mebibyte, d: mebibyte }
    const secret = await dana.client.createSecret({ body: { name: newName('full'), values: full } })
    const params = { secretId: secret.id }
    const add = (value: SecretValue) => dana.client.updateSecret({ params, body: { set: { e: value } } })
    await expect(add({ text: 'x'.repeat(1 << 18) })).rejects.toEqual(refusal('too_large', '4 MiB'))
    await expect(add({ text: 'ö'.repeat((1 << 19) + 1) })).rejects.toEqual(refusal('too_large', '1 MiB'))
    expect((await dana.client.getSecret({ params })).keys).toHaveLength(4)
  })

  it('is read from who is signed in, and larger bodies nowhere else', async () => {
    const body = JSON.stringify({ name: 'large', values: { key: { text: 'x'.repeat(1 << 20) } }, more: planted })
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    expect((await fetch(`${store.origin}/api/secrets`, post)).status).toBe(401)
    expect((await dana.fetch('/api/secrets', post)).status).toBe(400)
    expect((await dana.fetch('/api/tokens', post)).status).toBe(413)
  })

  it('is one of as many as a person may have', async () => {
    const { items } = await uri.client.listSecrets({})
    const mine = items.filter(({ kind }) => kind === 'own').length
    const tries = await Promise.allSettled(Array.from({ length: 25 }, () => create(uri, newName('many'))))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(20 - mine)
    await expect(create(uri, newName('more'))).rejects.toEqual(refusal('quota_exceeded', '20'))
  })

  it('leaves in the audit log who changed which keys', async () => {
    const { id: secretId } = await create(dana, newName('told'))
    await dana.client.updateSecret({ params: { secretId }, body: { set: { a: { text: planted } }, remove: ['key'] } })
    const { items } = await admin.client.listAuditEvents({ query: { scope: 'all', search: 'secret' } })
    const told = items.filter(({ target }) => target?.id === secretId).map(({ action, detail }) => [action, detail])
    expect(told).toEqual([
      ['secret.update', 'set: a, removed: key'],
      ['secret.create', 'kind: own, set: key'],
    ])
  })
})

describe('a shared secret', () => {
  it('is seen by everybody it is for, and by nobody else', async () => {
    const [everyone, some] = [newName('open'), newName('some')]
    const people = [(await dana.client.getSession()).user!.id]
    await create(admin, everyone, { kind: 'shared' })
    const audience = { kind: 'some', people, apps: [] }
    const limited = await create(admin, some, { kind: 'shared', audience })
    expect(limited).toMatchObject({ audience, audiencePeople: [{ name: 'Dana Developer' }], can: { update: true } })
    const seenBy = async (person: TestPerson) => {
      const { items } = await person.client.listSecrets({})
      return items.filter(({ name }) => [everyone, some].includes(name))
    }
    expect((await seenBy(dana)).map(({ name, can }) => [name, can.update])).toEqual([
      [everyone, false],
      [some, false],
    ])
    expect((await seenBy(dana))[1]!.audience).toBeNull()
    expect((await seenBy(uri)).map(({ name }) => name)).toEqual([everyone])
  })

  it('for an app is seen by who has a version of it', async () => {
    const [app, name] = [newName('app'), newName('named')]
    const limit = { kind: 'shared', audience: { kind: 'some', people: [], apps: [app] } }
    await expect(create(admin, name, limit)).rejects.toEqual(refusal('invalid_request', app))
    await dana.importBundle(await asking(app, name))
    const { id: secretId, usedBy } = await create(admin, name, limit)
    expect(usedBy).toMatchObject([{ version: '1.0.0', keys: ['key'], isMine: false }])
    expect(await dana.client.getSecret({ params: { secretId } })).toMatchObject({ usedBy: [{ isMine: true }] })
    await expect(uri.client.getSecret({ params: { secretId } })).rejects.toEqual(refusal('not_found'))
  })

  it('is for people whom the store knows', async () => {
    const audience = { kind: 'some', people: [crypto.randomUUID()], apps: [] }
    await expect(create(admin, newName('x'), { kind: 'shared', audience })).rejects.toEqual(refusal('invalid_request'))
  })
})

describe('a secret in use', () => {
  it('names the apps, and is not deleted before they are', async () => {
    const name = newName('used')
    const { id: secretId } = await create(dana, name)
    const params = { secretId }
    const app = await dana.importBundle(await asking(newName('app'), name))
    const secret = await dana.client.getSecret({ params })
    expect([secret.useCount, secret.usedBy]).toMatchObject([1, [{ appId: app.id, keys: ['key'], isMine: true }]])
    await expect(dana.client.deleteSecret({ params })).rejects.toEqual(refusal('in_use', `${app.title} 1.0.0`))
    await dana.client.deleteApp({ params: { appId: app.id } })
    await dana.client.deleteSecret({ params })
  })

  it('is used by no app that has one of its owner’s own of that name', async () => {
    const name = newName('both')
    const shared = await create(admin, name, { kind: 'shared' })
    await dana.importBundle(await asking(newName('app'), name))
    const uses = async () => (await admin.client.getSecret({ params: { secretId: shared.id } })).useCount
    expect(await uses()).toBe(1)
    await create(dana, name)
    expect(await uses()).toBe(0)
    await admin.client.deleteSecret({ params: { secretId: shared.id } })
  })
})
