import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'
import { hashPassword, isPassword } from './password.ts'

const adminPassword = 'correct horse battery'

let store: TestStore
let admin: TestPerson
beforeAll(async () => {
  store = await startTestStore({ environment: { WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'false' } })
  const { username, oneTimePassword } = store.store.firstAdmin!
  admin = await store.as({ username, password: oneTimePassword, newPassword: adminPassword })
})
afterAll(() => store[Symbol.asyncDispose]())

async function created(username: string, roles: string[] = []) {
  const body = { username, name: username, email: `${username}@example.com`, roles }
  const { account, oneTimePassword } = await admin.client.createAccount({ body })
  return { ...account, oneTimePassword }
}

async function signedIn(username: string, roles: string[] = []): Promise<{ id: string; person: TestPerson }> {
  const { id, oneTimePassword } = await created(username, roles)
  return { id, person: await store.as({ username, password: oneTimePassword, newPassword: `${username} long enough` }) }
}

const whoIs = async (person: TestPerson) => (await person.client.getSession()).user

describe('the first administrator', () => {
  it('signs in with the printed one-time password and chooses another', async () => {
    expect(await whoIs(admin)).toMatchObject({ name: 'Administrator', isAdmin: true })
    const again = await store.as({ username: 'ADMIN', password: adminPassword })
    expect(await whoIs(again)).toEqual(await whoIs(admin))
    const { oneTimePassword } = store.store.firstAdmin!
    await expect(store.as({ username: 'admin', password: oneTimePassword })).rejects.toThrow('401')
  })

  it('holds the role that the operator names, which the session tells for making others', async () => {
    const environment = { WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'false', WAVE_STORE_ADMIN_ROLE: 'ops' }
    await using other = await startTestStore({ environment })
    const { username, oneTimePassword } = other.store.firstAdmin!
    const { client } = await other.as({ username, password: oneTimePassword, newPassword: adminPassword })
    const { user, settings } = await client.getSession()
    expect(user).toMatchObject({ isAdmin: true, roles: ['ops'] })
    expect(settings.adminRole).toBe('ops')
  })

  it('has the same one-time password at each start until it was used, and none afterwards', async () => {
    const environment = { WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'false' }
    await using first = await startTestStore({ environment })
    const before = first.store.firstAdmin!
    await first.store[Symbol.asyncDispose]()
    await using second = await startTestStore({ environment, dataDir: first.dataDir })
    const { username, oneTimePassword } = second.store.firstAdmin!
    expect(oneTimePassword).toBe(before.oneTimePassword)
    await second.as({ username, password: oneTimePassword, newPassword: adminPassword })
    await second.store[Symbol.asyncDispose]()
    await using third = await startTestStore({ environment, dataDir: first.dataDir })
    expect(third.store.firstAdmin).toBeNull()
  })

  it('is not made where development accounts are', async () => {
    await using other = await startTestStore()
    expect(other.store.firstAdmin).toBeNull()
  })
})

describe('an account', () => {
  it('is made by an administrator, and its person signs in with a password of their own', async () => {
    const { person } = await signedIn('grace', ['data-team'])
    expect(await whoIs(person)).toMatchObject({ name: 'grace', isAdmin: false })
    const { items } = await admin.client.listAccounts()
    const grace = items.find((account) => account.username === 'grace')
    expect(grace).toMatchObject({ roles: ['data-team'], mustChangePassword: false, isDisabled: false })
    expect(JSON.stringify(items)).not.toContain('scrypt')
  })

  it('is refused where the username is taken, in whatever case, or is none', async () => {
    await created('taken')
    const make = (username: string) => admin.client.createAccount({ body: { username, name: 'x', email: '' } })
    await expect(make('TAKEN')).rejects.toMatchObject({ code: 'conflict' })
    await expect(make('../../etc')).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('that is disabled loses its sessions at once, and signs in no more', async () => {
    const { id, person } = await signedIn('leaver')
    await admin.client.updateAccount({ params: { accountId: id }, body: { isDisabled: true } })
    expect(await whoIs(person)).toBeNull()
    await expect(store.as({ username: 'leaver', password: 'leaver long enough' })).rejects.toThrow('401')
    await admin.client.updateAccount({ params: { accountId: id }, body: { isDisabled: false } })
    expect(await whoIs(await store.as({ username: 'leaver', password: 'leaver long enough' }))).not.toBeNull()
  })

  it('becomes an administrator’s by its role, from the next sign-in on', async () => {
    const { id, person } = await signedIn('riser')
    await admin.client.updateAccount({ params: { accountId: id }, body: { roles: ['admin'] } })
    expect(await whoIs(person)).toBeNull()
    const risen = await store.as({ username: 'riser', password: 'riser long enough' })
    expect(await whoIs(risen)).toMatchObject({ isAdmin: true })
  })

  it('gets a one-time password when its own is forgotten', async () => {
    const { id, person } = await signedIn('forgetful')
    const { oneTimePassword } = await admin.client.resetPassword({ params: { accountId: id } })
    expect(await whoIs(person)).toBeNull()
    await expect(store.as({ username: 'forgetful', password: 'forgetful long enough' })).rejects.toThrow('401')
    const back = await store.as({ username: 'forgetful', password: oneTimePassword, newPassword: 'remembered now' })
    expect(await whoIs(back)).toMatchObject({ name: 'forgetful' })
  })

  it('is nobody’s to see or change but administrators’', async () => {
    const { id, person } = await signedIn('curious')
    const { client } = person
    await expect(client.listAccounts()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(client.createAccount({ body: { username: 'x1', name: 'x', email: '' } })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const params = { params: { accountId: id } }
    await expect(client.updateAccount({ ...params, body: { roles: ['admin'] } })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(client.resetPassword(params)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of the only one who asks cannot be locked out by themselves', async () => {
    const mine = (await admin.client.listAccounts()).items.find((account) => account.username === 'admin')!
    expect(mine.can).toEqual({ update: true, disable: false })
    for (const body of [{ isDisabled: true }, { roles: [] }])
      await expect(admin.client.updateAccount({ params: { accountId: mine.id }, body })).rejects.toMatchObject({
        code: 'forbidden',
      })
  })
})

describe('a password', () => {
  it('has to be long enough, and typed the same twice', async () => {
    const { oneTimePassword: password } = await created('short')
    await expect(store.as({ username: 'short', password, newPassword: 'too short' })).rejects.toThrow('400')
  })

  it('is kept as a salted hash that proves it and no other', async () => {
    const [one, two] = [await hashPassword('pässword one'), await hashPassword('pässword one')]
    expect(one).not.toBe(two)
    expect(await isPassword('pässword one', one)).toBe(true)
    expect(await isPassword('pässword two', one)).toBe(false)
  })
})

describe('guessing', () => {
  it('is refused after ten wrong passwords for one account, the right one included, and says when to come back', async () => {
    const { oneTimePassword: password } = await created('guessed')
    const guesses = Array.from({ length: 15 }, () => store.as({ username: 'guessed', password: 'wrong' }).catch(String))
    const answers = await Promise.all(guesses)
    expect(answers.filter((answer) => String(answer).includes('401'))).toHaveLength(10)
    expect(answers.filter((answer) => String(answer).includes('429'))).toHaveLength(5)
    await expect(store.as({ username: 'Guessed', password })).rejects.toThrow('429')
    await expect(store.as({ username: 'admin', password: adminPassword })).resolves.toBeDefined()
  })
})

describe('development accounts', () => {
  it('are not offered, nor taken, where a request came through a proxy', async () => {
    await using local = await startTestStore()
    const headers = { 'x-forwarded-for': '203.0.113.7' }
    await expect(local.as('dana')).resolves.toBeDefined()
    await expect(local.as('dana', headers)).rejects.toThrow('400')
  })

  it('are off where apps share the machine’s network, unless the operator asks for them', async () => {
    const shared = () => new InMemoryRuntime({ capabilities: { isolation: 'shared', advice: '' } })
    await using store = await startTestStore({ runtime: shared() })
    expect(store.store.firstAdmin).toMatchObject({ username: 'admin' })
    await expect(store.as('dana')).rejects.toThrow()
    const environment = { WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'true' }
    await using stated = await startTestStore({ runtime: shared(), environment })
    await expect(stated.as('dana')).resolves.toBeDefined()
  })
})
