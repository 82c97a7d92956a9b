import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { appOf, navigation, openGateway } from './testing/open-gateway.ts'

async function openSleeping() {
  const gateway = await openGateway()
  const app = await gateway.deploy(
    appOf((request, response) => response.end(`app: ${request.url}`)),
    { status: 'SUSPENDED', phase: 'exited', suspension: { reason: 'idle', at: '2026-11-03T10:15:30.123Z' } },
  )
  return { gateway, ...app }
}

const typed = { ...navigation, 'sec-fetch-site': 'none', 'sec-fetch-user': '?1' }
const byScript = { ...navigation, 'sec-fetch-site': 'same-origin' }

test.each([
  ['an address that somebody types', typed],
  ['a link elsewhere', { ...navigation, 'sec-fetch-site': 'cross-site' }],
  ['a link that somebody presses in an old tab', { ...byScript, 'sec-fetch-user': '?1' }],
  ['a browser that says nothing of the kind', { accept: 'text/html' }],
])('%s wakes an instance: the waiting room stands at that path', async (_what, headers) => {
  const { gateway, get, instance } = await openSleeping()
  await using _ = gateway
  const answer = await get('/deep?a=1', { headers })
  expect(gateway.store.woken).toEqual([instance.id])
  expect(answer.status).toBe(503)
  expect(answer.body).toContain('<title>Starting Churn explorer</title>')
  expect(answer.body).toContain('content="2; url=/deep?a=1"')
  instance.status = 'DEPLOYED'
  expect((await get('/deep?a=1', { headers })).body).toBe('app: /deep?a=1')
})

test.each([
  ['a fetch', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }, 'problem'],
  ['a picture', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image', accept: 'image/*' }, 'problem'],
  ['a program', { accept: '*/*' }, 'problem'],
  ['a page that reloads itself', byScript, 'page'],
  ['a frame', { ...typed, 'sec-fetch-dest': 'iframe' }, 'page'],
  ['a prefetch', { ...typed, 'sec-purpose': 'prefetch' }, 'page'],
  ['a prerendered page', { ...typed, 'sec-purpose': 'prefetch;prerender' }, 'page'],
  ['a prefetch of Firefox', { ...typed, 'x-moz': 'prefetch' }, 'page'],
])('%s wakes nothing and learns that the app is asleep', async (_what, headers, kind) => {
  const { gateway, get } = await openSleeping()
  await using _ = gateway
  const answer = await get('/x?a=1', { headers })
  expect(answer.status).toBe(503)
  if (kind === 'problem') expect(JSON.parse(answer.body)).toMatchObject({ code: 'unavailable', status: 503 })
  else expect(answer.body).toContain('href="/_wave-store/wake?return_to=%2Fx%3Fa%3D1"')
  expect(answer.body).toContain('asleep')
  expect(gateway.store.woken).toEqual([])
})

test('a form, a look at the head and a WebSocket wake nothing', async () => {
  const { gateway, get, socket } = await openSleeping()
  await using _ = gateway
  expect((await get('/', { method: 'POST', headers: typed, body: 'a=1' })).status).toBe(503)
  expect((await get('/', { method: 'HEAD', headers: typed })).status).toBe(503)
  const refused = socket('/_s/')
  refused.on('error', () => {})
  const [, response] = (await once(refused, 'unexpected-response')) as [unknown, IncomingMessage]
  expect(response.statusCode).toBe(503)
  refused.terminate()
  expect(gateway.store.woken).toEqual([])
})

test('the link on the page of a sleeping instance wakes it and leads to the path', async () => {
  const { gateway, get, host, instance } = await openSleeping()
  await using _ = gateway
  const page = await get('/x?a=1', { headers: byScript })
  expect(page.body).toContain('Nobody had used it for a while, so it went to sleep')
  expect(page.body).toContain('2026-11-03 10:15:30 UTC')
  const woken = await get('/_wave-store/wake?return_to=%2Fx%3Fa%3D1', { headers: byScript })
  expect(woken).toMatchObject({ status: 302, headers: { location: `http://${host}/x?a=1` } })
  expect(gateway.store.woken).toEqual([instance.id])
  const again = await get('/_wave-store/wake?return_to=//evil.example', { headers: byScript })
  expect(again.headers.location).toBe(`http://${host}/`)
  expect(gateway.store.woken).toHaveLength(1)
})

test('a browser that looks ahead at that link wakes nothing', async () => {
  const { gateway, get } = await openSleeping()
  await using _ = gateway
  const page = await get('/_wave-store/wake?return_to=%2Fx', { headers: { ...typed, 'sec-purpose': 'prefetch' } })
  expect(page.body).toContain('href="/_wave-store/wake?return_to=%2Fx"')
  expect(gateway.store.woken).toEqual([])
})

test('a forgotten tab whose ticket is old finds the app asleep after signing in by itself', async () => {
  const { gateway, get, host } = await openSleeping()
  await using _ = gateway
  const away = await get('/x?a=1', { headers: { ...byScript, cookie: '' } })
  const returnTo = new URL(away.headers.location!).searchParams.get('return_to')!
  const back = await get(returnTo, { headers: { ...navigation, 'sec-fetch-site': 'same-site' } })
  expect(back.body).toContain('href="/_wave-store/wake?return_to=%2Fx%3Fa%3D1"')
  expect(gateway.store.woken).toEqual([])
  for (const instance of gateway.store.instances.values()) instance.status = 'DEPLOYED'
  expect((await get(returnTo, { headers: navigation })).headers.location).toBe(`http://${host}/x?a=1`)
})

test('an instance that cannot be woken says why, and a refresh of the page itself tries nothing', async () => {
  const { gateway, get } = await openSleeping()
  await using _ = gateway
  const reason = 'The secret <api-key> is missing.'
  gateway.store.waking = { kind: 'refused', code: 'cannot_launch', reason, retryAfterSeconds: undefined }
  const answer = await get('/', { headers: typed })
  expect(answer.status).toBe(503)
  expect(answer.body).toContain('The secret &#60;api-key&#62; is missing.')
  expect(answer.body).toContain('/instances/')
  await get('/', { headers: byScript })
  expect(gateway.store.woken).toHaveLength(1)

  gateway.store.waking = { kind: 'refused', code: 'rate_limited', reason: 'Too many.', retryAfterSeconds: 9 }
  expect(await get('/', { headers: typed })).toMatchObject({ status: 429, headers: { 'retry-after': '9' } })
})

test('who may not open an instance neither wakes it nor learns that it sleeps', async () => {
  const { gateway, get, ticket } = await openSleeping()
  await using _ = gateway
  expect((await get('/', { headers: { ...typed, cookie: '' } })).status).toBe(302)
  gateway.store.refusedTickets.add(ticket)
  const refused = await get('/', { headers: typed })
  expect(refused.status).toBe(404)
  expect(refused.body).not.toContain('asleep')
  expect(gateway.store.woken).toEqual([])
})
