import { CookieJar, follow, submit } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

let store: TestStore
let admin: TestPerson
beforeAll(async () => {
  store = await startTestStore({ environment: { WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'false' } })
  const { username, oneTimePassword } = store.store.firstAdmin!
  admin = await store.as({ username, password: oneTimePassword, newPassword: 'correct horse battery' })
})
afterAll(() => store[Symbol.asyncDispose]())

async function created(username: string) {
  const body = { username, name: username, email: '', roles: [] }
  const { account, oneTimePassword } = await admin.client.createAccount({ body })
  return { params: { accountId: account.id }, oneTimePassword, newPassword: `${username} long enough` }
}

/** Somebody who has typed a password, and stays at what comes next. */
async function typed(username: string, password: string) {
  const jar = new CookieJar()
  const { url } = await follow(jar, `${store.origin}/auth/sign-in`)
  const next = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ username, password }),
    headers: { origin: store.origin, cookie: String(jar) },
    redirect: 'manual',
  })
  jar.take(next.headers.getSetCookie())
  return { jar, url: new URL(next.headers.get('location')!, store.origin).href }
}

const choose = ({ jar, url }: { jar: CookieJar; url: string }, newPassword: string) =>
  submit(jar, url, { newPassword, repeated: newPassword })

describe('a one-time password', () => {
  it('is good once, also where two browsers brought it', async () => {
    const { oneTimePassword, newPassword } = await created('otto')
    const [mine, stolen] = [await typed('otto', oneTimePassword), await typed('otto', oneTimePassword)]
    expect((await choose(mine, newPassword)).status).toBe(200)
    expect((await choose(stolen, 'mallory was here')).status).toBe(400)
    expect(String(stolen.jar)).not.toContain('wave-session')
    await store.as({ username: 'otto', password: newPassword })
  })

  it('is worth nothing after a reset, also to who brought it before', async () => {
    const { params, oneTimePassword } = await created('olga')
    const stolen = await typed('olga', oneTimePassword)
    const reset = await admin.client.resetPassword({ params })
    expect((await choose(stolen, 'mallory was here')).status).toBe(400)
    await store.as({ username: 'olga', password: reset.oneTimePassword, newPassword: 'olga long enough' })
  })

  it('sets one of the passwords that two browsers choose at the same moment', async () => {
    const { oneTimePassword } = await created('oscar')
    const both = [await typed('oscar', oneTimePassword), await typed('oscar', oneTimePassword)]
    const ends = await Promise.all(both.map((one, index) => choose(one, `oscar number ${index}`)))
    expect(ends.map(({ status }) => status).sort()).toEqual([200, 400])
  })
})

describe('a sign-in that is not at its end', () => {
  const endings = {
    'a reset of the password': (params: { accountId: string }) => admin.client.resetPassword({ params }),
    'being disabled for a while': async (params: { accountId: string }) => {
      await admin.client.updateAccount({ params, body: { isDisabled: true } })
      await admin.client.updateAccount({ params, body: { isDisabled: false } })
    },
    'signing out everywhere': async (_params: unknown, person: TestPerson) => person.client.endAllSessions(),
  }
  it.each(Object.entries(endings))('ends with %s', async (_what, end) => {
    const username = `p${Math.random().toString(36).slice(2)}`
    const { params, oneTimePassword, newPassword } = await created(username)
    const person = await store.as({ username, password: oneTimePassword, newPassword })
    const kept = await typed(username, newPassword)
    await end(params, person)
    await follow(kept.jar, kept.url)
    expect(String(kept.jar)).not.toContain('wave-session')
  })
})
