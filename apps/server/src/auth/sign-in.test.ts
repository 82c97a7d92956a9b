import { CookieJar, signIn } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
beforeAll(async () => {
  store = await startTestStore()
})
afterAll(() => store[Symbol.asyncDispose]())

const get = (path: string, cookie = '') => fetch(store.origin + path, { redirect: 'manual', headers: { cookie } })

describe('sign-in', () => {
  it('makes somebody known who was nobody before', async () => {
    expect((await store.anonymous.getSession()).user).toBeNull()
    const dana = await store.as('dana')
    expect((await dana.client.getSession()).user).toMatchObject({ name: 'Dana Developer', isAdmin: false })
    expect((await (await store.as('admin')).client.getSession()).user).toMatchObject({ isAdmin: true })
  })

  it('is the same person at the next sign-in', async () => {
    const [first, second] = [await store.as('uri'), await store.as('uri')]
    expect((await first.client.getSession()).user?.id).toBe((await second.client.getSession()).user?.id)
  })

  it('keeps the session in a cookie that no script and no other host can read or set', async () => {
    const jar = await signIn(store.origin, 'dana')
    expect(String(jar)).toContain('__Host-wave-session=')
  })

  it('ends with sign-out', async () => {
    const dana = await store.as('dana')
    await dana.client.signOut()
    expect((await dana.client.getSession()).user).toBeNull()
    await expect(dana.client.listApps({})).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('comes back only to an address of the store', async () => {
    for (const evil of ['https://evil.example/', '//evil.example/', '/\\evil.example', '/\t/evil.example'])
      expect(await returnsTo(evil), evil).toBe('/')
    expect(await returnsTo('/apps/1?tab=logs#line-7')).toBe('/apps/1?tab=logs#line-7')
  })

  it('refuses an answer of the provider in a browser that did not ask', async () => {
    const asked = new CookieJar()
    const begun = await get('/auth/sign-in')
    asked.take(begun.headers.getSetCookie())
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state')
    const response = await get(`/auth/callback?code=abc&state=${state}`)
    expect(response.status).toBe(400)
    const replayed = await get(`/auth/callback?code=abc&state=${state}`, String(asked))
    expect(replayed.status).toBe(400)
  })

  it('refuses an account that does not exist', async () => {
    await expect(signIn(store.origin, 'mallory')).rejects.toThrow()
  })
})

describe('writes', () => {
  it('are refused when another origin makes the browser send them', async () => {
    const dana = await store.as('dana')
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const response = await dana.fetch('/api/session', {
        method: 'DELETE',
        headers: headers as unknown as Record<string, string>,
      })
      expect(response.status).toBe(403)
    }
    expect((await dana.client.getSession()).user).not.toBeNull()
  })
})

/** Where a sign-in that was asked to return to `path` ends. */
async function returnsTo(path: string): Promise<string | null> {
  const jar = new CookieJar()
  const step = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(new URL(url, store.origin), {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: String(jar) },
    })
    jar.take(response.headers.getSetCookie())
    return response
  }
  let response = await step(`/auth/sign-in?return_to=${encodeURIComponent(path)}`)
  response = await step(response.headers.get('location')!)
  response = await step(response.headers.get('location')!, {
    method: 'POST',
    body: new URLSearchParams({ account: 'dana' }),
    headers: { origin: store.origin },
  })
  response = await step(response.headers.get('location')!)
  response = await step(response.headers.get('location')!)
  return response.headers.get('location')
}

describe('a person whose sign-in cannot go on', () => {
  it('reads why on a page, where a program reads a problem', async () => {
    const path = '/auth/interaction/gone'
    const shown = await fetch(store.origin + path, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } })
    expect(shown.headers.get('content-type')).toContain('text/html')
    expect(await shown.text()).toContain('This sign-in has expired')
    expect((await (await get(path)).json()).code).toBe('invalid_request')
  })
})
