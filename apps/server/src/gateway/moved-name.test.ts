import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { hostsAreSites } from './sites.ts'
import { appOf, navigation, openGateway } from './testing/open-gateway.ts'

/** An instance whose name `demo` led to another one before. */
async function openMoved({ isMain = true, moveMark = 'mark' as string | null } = {}) {
  const gateway = await openGateway()
  const app = await gateway.deploy(
    appOf((request, response) => response.end(`app: ${request.url} ${request.headers.cookie ?? ''}`)),
  )
  const { id } = app.instance
  gateway.store.aliases.set('demo', { instanceId: id, moveMark })
  if (isMain) app.instance.mainLabel = 'demo'
  const host = 'demo.localhost:8080'
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    gateway.fetch(host, path, {
      method,
      headers: { ...headers, cookie: `${app.cookie}; ${headers.cookie ?? 'left=1'}` },
    })
  return { gateway, app, host, get }
}

const done = '__Host-wave-move=mark'
const nothingLeft = 'left=; Path=/; Max-Age=0; Secure'

test('a browser that comes to a moved name forgets what was there, once, before it sees the app', async () => {
  const { gateway, host, get } = await openMoved()
  await using _ = gateway
  const first = await get('/deep/x?a=1', navigation)
  expect(first).toMatchObject({
    status: 302,
    headers: { location: `http://${host}/_wave-store/cleared?to=%2Fdeep%2Fx%3Fa%3D1` },
  })
  expect(first.headers['clear-site-data']).toBe('"cookies", "storage", "cache"')
  expect(first.headers['set-cookie']).toEqual([
    nothingLeft,
    'left=; Path=/deep; Max-Age=0; Secure',
    'left=; Path=/deep/x; Max-Age=0; Secure',
  ])
  const second = await get(new URL(first.headers.location!).href.slice(`http://${host}`.length), navigation)
  expect(second.headers['clear-site-data']).toBe('"storage", "cache"')
  expect(second.headers['set-cookie']).toContain(
    `${done}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${400 * 24 * 3600}`,
  )
  const kept = second.headers.location!.slice(`http://${host}`.length)
  const third = await get(kept, { ...navigation, cookie: done })
  expect(third).toMatchObject({ status: 302, headers: { location: `http://${host}/deep/x?a=1` } })
  const page = await get('/deep/x?a=1', { ...navigation, cookie: done })
  expect(page.body).toBe('app: /deep/x?a=1 ')
  expect(page.headers['clear-site-data']).toBeUndefined()
  expect((await get(kept, navigation)).body).toContain('This browser keeps no cookies here')
})

test('whoever says by themselves that they have forgotten, has by the answer', async () => {
  const { gateway, get } = await openMoved()
  await using _ = gateway
  const answer = await get('/_wave-store/cleared?to=/', navigation)
  expect(answer.headers).toMatchObject({ 'clear-site-data': '"storage", "cache"' })
  expect(answer.headers['set-cookie']).toContain(nothingLeft)
  const script = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }
  expect((await get('/_wave-store/cleared?to=/', script)).headers['set-cookie']).toBeUndefined()
  expect((await get('/_wave-store/cleared?to=//evil.example', { ...navigation, cookie: done })).headers.location).toBe(
    'http://demo.localhost:8080/',
  )
})

test('what is left of the app before reaches nothing of the new one', async () => {
  const { gateway, app, get, host } = await openMoved()
  await using _ = gateway
  const script = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }
  expect(await get('/api', script)).toMatchObject({ status: 409 })
  expect((await get('/form', navigation, 'POST')).status).toBe(409)
  expect((await get('/_wave-store/status', script)).status).toBe(409)
  const socket = app.socket('/_s/', { headers: { host, cookie: app.cookie, origin: `http://${host}` } })
  socket.on('error', () => {})
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  expect(response.statusCode).toBe(409)
  socket.terminate()
  expect((await get('/api', { ...script, cookie: done })).status).toBe(200)
})

test('a program that keeps nothing uses a moved name of an instance that is open to all', async () => {
  const { gateway, app, host } = await openMoved()
  await using _ = gateway
  gateway.store.publicInstances.add(app.instance.id)
  expect((await gateway.fetch(host, '/', { headers: { accept: '*/*' } })).status).toBe(200)
  const browser = await gateway.fetch(host, '/', { headers: navigation })
  expect(browser.headers['clear-site-data']).toBeDefined()
})

test('who may not open the instance is not told that the name moved', async () => {
  const { gateway, host } = await openMoved()
  await using _ = gateway
  const [moved, unknown] = await Promise.all(
    [host, 'other.localhost:8080'].map((name) => gateway.fetch(name, '/', { headers: navigation })),
  )
  expect(moved!.headers['clear-site-data']).toBeUndefined()
  expect({ ...moved!.headers, location: '', 'set-cookie': '', date: '' }).toEqual({
    ...unknown!.headers,
    location: '',
    'set-cookie': '',
    date: '',
  })
})

test('a name that never moved has nothing to forget', async () => {
  const { gateway, get } = await openMoved({ moveMark: null })
  await using _ = gateway
  expect((await get('/', navigation)).body).toBe('app: / left=1')
})

test('pages are opened at the main address; what open pages ask for is answered where they are', async () => {
  const { gateway, app, get, host } = await openMoved({ moveMark: null })
  await using _ = gateway
  const id = app.host
  const opened = await app.get('/deep?a=1', { headers: navigation })
  expect(opened).toMatchObject({ status: 302, headers: { location: `http://${host}/deep?a=1` } })
  expect((await app.get('/deep', { method: 'HEAD', headers: navigation })).status).toBe(302)
  expect((await app.get('/instance/demo/x', { headers: navigation })).headers.location).toBe(
    `http://${host}/instance/demo/x`,
  )
  expect((await app.get(`/instance/${app.instance.id}/x`, { headers: navigation })).headers.location).toBe(
    `http://${host}/x`,
  )
  expect((await app.get('/form', { method: 'POST', headers: navigation, body: 'a' })).status).toBe(200)
  expect((await app.get('/api')).status).toBe(200)
  const socket = app.socket('/_s/', { headers: { host: id } })
  const [error] = (await once(
    socket.on('error', () => {}),
    'unexpected-response',
  )) as unknown[]
  expect(error).toBeDefined()
  socket.terminate()
  expect((await get('/', navigation)).status).toBe(200)
})

test('a forgotten tab at an old address that reloads by itself wakes nothing on the way to the main one', async () => {
  const { gateway, app, host } = await openMoved({ moveMark: null })
  await using _ = gateway
  Object.assign(app.instance, { status: 'SUSPENDED', phase: 'exited' })
  const byScript = { ...navigation, 'sec-fetch-site': 'same-origin' }
  const answer = await app.get('/x', { headers: byScript })
  expect(answer).toMatchObject({ status: 503, body: expect.stringContaining('/_wave-store/wake?return_to=%2Fx') })
  const link = await app.get('/_wave-store/wake?return_to=/x', { headers: { ...byScript, 'sec-fetch-user': '?1' } })
  expect(link.headers.location).toBe(`http://${host}/_wave-store/wake?return_to=/x`)
  expect(gateway.store.woken).toEqual([])
})

test.each([
  ['localhost:8080', true],
  ['github.io', true],
  ['apps.test', false],
  ['apps.example.org:8443', false],
])('hosts below %s are sites of their own: %s', (appsHost, expected) => {
  expect(hostsAreSites(appsHost)).toBe(expected)
})
