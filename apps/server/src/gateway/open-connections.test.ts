import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { appOf, type Deployed, openGateway, readAll, type TestGateway, until } from './testing/open-gateway.ts'

/** An app with one endless stream and WebSockets. */
function lasting() {
  const server = appOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
  })
  new WebSocketServer({ server })
  return server
}

async function openBoth(gateway: TestGateway, app: Deployed) {
  const socket: WebSocket = app.socket('/')
  await once(socket, 'open')
  const stream = gateway.raw(`GET / HTTP/1.1\r\nHost: ${app.host}\r\nCookie: ${app.cookie}\r\n\r\n`)
  await once(stream, 'data')
  return { socket, stream }
}

test.each<[string, (gateway: TestGateway, app: Deployed) => void]>([
  ['the right is lost', (gateway, { ticket }) => gateway.store.refusedTickets.add(ticket)],
  ['the session ends', (gateway, { ticket }) => gateway.store.tickets.delete(ticket)],
  ['the instance is terminated', (gateway, { instance }) => gateway.store.instances.delete(instance.id)],
  [
    'the instance fails',
    (_gateway, { instance }) => {
      instance.status = 'FAILED'
    },
  ],
])('a WebSocket and a stream are closed within a second after %s', async (_name, change) => {
  await using gateway = await openGateway()
  const app = await gateway.deploy(lasting())
  const { socket, stream } = await openBoth(gateway, app)
  const begin = performance.now()
  change(gateway, app)
  await Promise.all([once(socket, 'close'), readAll(stream)])
  expect(performance.now() - begin).toBeLessThan(1000)
})

test('a request that its app has not answered yet is refused when its right is lost', async () => {
  await using gateway = await openGateway({ recheckMs: 50 })
  const server = appOf(() => {})
  const { get, ticket } = await gateway.deploy(server)
  const answer = get('/')
  const [{ socket }] = (await once(server, 'request')) as [IncomingMessage]
  gateway.store.refusedTickets.add(ticket)
  expect(await answer).toMatchObject({ status: 404, body: expect.stringContaining('not open to you') })
  if (!socket.destroyed) await once(socket, 'close')
})

test('connections that keep their right stay open beside those that lose it', async () => {
  await using gateway = await openGateway({ recheckMs: 50 })
  const app = await gateway.deploy(lasting())
  const other = gateway.store.issueTicket(app.instance.id)
  const staying = app.socket('/', { headers: { cookie: `__Host-wave-ticket=${other}` } })
  await once(staying, 'open')
  const { socket } = await openBoth(gateway, app)
  gateway.store.refusedTickets.add(app.ticket)
  await once(socket, 'close')
  expect(staying.readyState).toBe(staying.OPEN)
  staying.terminate()
})

test('many connections of one ticket cost one question a round', async () => {
  await using gateway = await openGateway({ recheckMs: 100 })
  const app = await gateway.deploy(lasting())
  const sockets = Array.from({ length: 40 }, () => app.socket('/'))
  await Promise.all(sockets.map((socket) => once(socket, 'open')))
  const before = gateway.store.admissions
  const begin = performance.now()
  await until(() => gateway.store.admissions >= before + 3)
  expect(gateway.store.admissions - before).toBeLessThanOrEqual((performance.now() - begin) / 100 + 2)
  for (const socket of sockets) socket.terminate()
})

test('a store that is away for a moment cuts nobody off', async () => {
  await using gateway = await openGateway({ recheckMs: 20 })
  const app = await gateway.deploy(lasting())
  const { socket } = await openBoth(gateway, app)
  gateway.store.isDown = true
  const before = gateway.store.admissions
  await until(() => gateway.store.admissions > before + 3)
  gateway.store.isDown = false
  expect(socket.readyState).toBe(socket.OPEN)
  gateway.store.refusedTickets.add(app.ticket)
  await once(socket, 'close')
})
