import { signIn } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

const minute = 60_000
const clock = { ms: Date.now() }
let store: TestStore
beforeAll(async () => {
  const environment = { WAVE_STORE_SESSION_IDLE_MINUTES: '30', WAVE_STORE_SESSION_HOURS: '2' }
  store = await startTestStore({ clock: { now: () => clock.ms }, environment })
})
afterAll(() => store[Symbol.asyncDispose]())

const whoIs = async (person: TestPerson) => (await person.client.getSession()).user?.name ?? null

describe('a session', () => {
  it('ends when it is left alone for the idle time, and not while it is used', async () => {
    const dana = await store.as('dana')
    for (let visit = 0; visit < 3; visit++) {
      clock.ms += 29 * minute
      expect(await whoIs(dana)).toBe('Dana Developer')
    }
    clock.ms += 30 * minute
    expect(await whoIs(dana)).toBeNull()
  })

  it('ends after its lifetime however much it is used', async () => {
    const dana = await store.as('dana')
    for (let passed = 0; passed < 115; passed += 5) {
      clock.ms += 5 * minute
      expect(await whoIs(dana)).toBe('Dana Developer')
    }
    clock.ms += 5 * minute
    expect(await whoIs(dana)).toBeNull()
  })

  it('is another one after each sign-in, and the one before ends', async () => {
    const dana = await store.as('dana')
    const before = String(dana.cookies)
    const again = await signIn(store.origin, 'dana', {}, dana.cookies)
    expect(String(again)).not.toBe(before)
    expect(await whoIs(dana)).toBeNull()
  })

  it('cannot be chosen by who puts a cookie into the browser before sign-in', async () => {
    const jar = await signIn(store.origin, 'dana')
    const planted = jar.pairs().find((pair) => pair.startsWith('__Host-wave-session='))!
    jar.take(['__Host-wave-session=planted'])
    await signIn(store.origin, 'dana', {}, jar)
    expect(jar.pairs()).not.toContain('__Host-wave-session=planted')
    expect(jar.pairs()).not.toContain(planted)
  })
})

describe('the list of sessions', () => {
  it('tells where I am signed in, and ends one or all', async () => {
    const here = await store.as('uri', { 'user-agent': 'Here/1.0' })
    const there = await store.as('uri', { 'user-agent': 'There/2.0' })
    clock.ms += minute
    const { items } = await here.client.listSessions()
    expect(items.map(({ kind, agent, isCurrent }) => ({ kind, agent, isCurrent }))).toEqual([
      { kind: 'browser', agent: 'Here/1.0', isCurrent: true },
      { kind: 'browser', agent: 'There/2.0', isCurrent: false },
    ])
    await here.client.endSession({ params: { sessionId: items[1]!.id } })
    expect(await whoIs(there)).toBeNull()
    expect(await whoIs(here)).toBe('Uri User')
    const third = await store.as('uri')
    await third.client.endAllSessions()
    expect([await whoIs(here), await whoIs(third)]).toEqual([null, null])
  })

  it('shows and ends nobody else’s', async () => {
    const [dana, uri] = [await store.as('dana'), await store.as('uri')]
    const [danas] = (await dana.client.listSessions()).items
    await expect(uri.client.endSession({ params: { sessionId: danas!.id } })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await uri.client.listSessions()).items.map((one) => one.id)).not.toContain(danas!.id)
  })
})
