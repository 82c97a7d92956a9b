import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { mirror } from './testing/mirror-app.ts'
import { ada, navigation, openGateway } from './testing/open-gateway.ts'

/** An app that counts what reaches it. */
async function openCounting() {
  const gateway = await openGateway()
  const app = mirror()
  new WebSocketServer({ server: app })
  const reached: string[] = []
  app.prependListener('request', (request) => reached.push(`${request.method} ${request.url}`))
  app.prependListener('upgrade', (request) => reached.push(`upgrade ${request.url}`))
  return { gateway, reached, ...(await gateway.deploy(app)) }
}

const from = (site: string, mode: string, destination: string) => ({
  'sec-fetch-site': site,
  'sec-fetch-mode': mode,
  'sec-fetch-dest': destination,
})

test.each([
  ['frames it', 'GET', { ...from('same-site', 'navigate', 'iframe'), accept: 'text/html' }],
  ['embeds it', 'GET', from('same-site', 'navigate', 'embed')],
  [
    'sends a form there',
    'POST',
    { ...from('same-site', 'navigate', 'document'), origin: 'http://evil.localhost:8080' },
  ],
  ['sends a form there from another site', 'POST', { ...from('cross-site', 'navigate', 'document'), origin: 'null' }],
  ['loads a picture from it', 'GET', from('same-site', 'no-cors', 'image')],
  ['loads a script from it', 'GET', from('same-site', 'no-cors', 'script')],
  ['loads a style sheet from it', 'GET', from('cross-site', 'no-cors', 'style')],
  ['sends it a beacon', 'POST', { ...from('same-site', 'no-cors', 'empty'), origin: 'http://evil.localhost:8080' }],
  ['fetches from it', 'GET', { ...from('same-site', 'cors', 'empty'), origin: 'http://evil.localhost:8080' }],
  ['asks what it may send', 'OPTIONS', { ...from('same-site', 'cors', 'empty'), origin: 'http://evil.localhost:8080' }],
  ['fetches, by a browser without fetch metadata', 'DELETE', { origin: 'http://evil.localhost:8080' }],
  ['sends a form, by a browser without fetch metadata', 'POST', { origin: 'null', accept: 'text/html' }],
])('a sibling that %s does so without the ticket', async (_name, method, headers) => {
  const { gateway, get, reached } = await openCounting()
  await using _ = gateway
  const answer = await get('/state', { method, headers })
  expect(answer.status).toBe(401)
  expect(reached).toEqual([])
})

test('a link from anywhere opens the app as who follows it', async () => {
  const { gateway, get } = await openCounting()
  await using _ = gateway
  for (const site of ['same-site', 'cross-site', 'none', 'same-origin'])
    expect((await get('/', { headers: { ...navigation, 'sec-fetch-site': site } })).body).toContain(ada.id)
})

test.each([
  ['of a sibling', { origin: 'http://evil.localhost:8080' }],
  ['of the store', { origin: 'http://localhost:8080' }],
  ['of no page', { origin: 'null' }],
  ['with another scheme', (host: string) => ({ origin: `https://${host}` })],
  ['that only begins alike', (host: string) => ({ origin: `http://${host}.evil.example` })],
  ['with fetch metadata', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'websocket' }],
])('a WebSocket handshake by a page %s goes without the ticket', async (_name, headers) => {
  const { gateway, socket, host, reached } = await openCounting()
  await using _ = gateway
  const attempt = socket('/', { headers: typeof headers === 'function' ? headers(host) : headers })
  attempt.on('error', () => {})
  const [, response] = (await once(attempt, 'unexpected-response')) as [unknown, IncomingMessage]
  expect(response.statusCode).toBe(401)
  expect(reached).toEqual([])
})

test('no app leaves a service worker behind, whoever asks for its script', async () => {
  const { gateway, get, instance, reached } = await openCounting()
  await using _ = gateway
  gateway.store.publicInstances.add(instance.id)
  const script = { 'service-worker': 'script', ...from('same-origin', 'same-origin', 'serviceworker') }
  for (const cookie of [undefined, ''])
    for (const path of ['/worker.js', '/_wave-store/status']) {
      const answer = await get(path, { headers: { ...script, ...(cookie !== undefined && { cookie }) } })
      expect(answer.status).toBe(403)
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('service') })
    }
  expect(reached).toEqual([])
})

test('no page of ours at the address of an instance can be framed', async () => {
  const { gateway, get, instance, ticket } = await openCounting()
  await using _ = gateway
  const pages = async () => {
    const { headers, status } = await get('/', { headers: navigation })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    return status
  }
  Object.assign(instance, { status: 'PENDING', phase: 'starting' })
  expect(await pages()).toBe(503)
  instance.status = 'FAILED'
  expect(await pages()).toBe(502)
  Object.assign(instance, { status: 'DEPLOYED', address: null })
  expect(await pages()).toBe(502)
  gateway.store.refusedTickets.add(ticket)
  expect(await pages()).toBe(404)
})
