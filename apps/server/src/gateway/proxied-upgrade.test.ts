import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect, createServer as createTcpServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { ada, appOf, type Deployed, listen, openGateway, readAll, until } from './testing/open-gateway.ts'

/** An app that gives back every message. */
function echo(onConnection: (socket: WebSocket, request: IncomingMessage) => void = () => {}): Server {
  const server = appOf((_request, response) => response.end('page'))
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'v2' })
  sockets.on('connection', (socket, request) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
    onConnection(socket, request)
  })
  return server
}

/** The status with which a handshake was refused. */
async function refusalOf(socket: WebSocket): Promise<{ status: number; body: string }> {
  socket.on('error', () => {})
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  let body = ''
  for await (const chunk of response) body += chunk
  return { status: response.statusCode!, body }
}

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number]
  return code
}

const connectionsOf = (server: Server) =>
  new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)))

const handshake = ({ host, cookie }: Deployed) =>
  `GET /_s/ HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`

test('messages of all sizes go both ways, and a close with its code', async () => {
  await using gateway = await openGateway()
  const app = await gateway.deploy(echo())
  const socket = app.socket('/_s/?x=1')
  await once(socket, 'open')
  for (const size of [1, 126, 70_000, 3_000_000]) {
    socket.send(Buffer.alloc(size, 7))
    const [message] = (await once(socket, 'message')) as [Buffer]
    expect(message.length).toBe(size)
  }
  socket.close(4001, 'enough')
  expect(await closeCode(socket)).toBe(4001)
})

test('the handshake brings the same facts, path and protocol as a request would', async () => {
  await using gateway = await openGateway()
  let request: IncomingMessage | undefined
  const app = await gateway.deploy(
    echo((_socket, incoming) => {
      request = incoming
    }),
  )
  const socket = app.socket('/_s/?x=1', {
    protocols: ['v1', 'v2'],
    headers: { 'wave-user-id': 'admin', cookie: `a=1; ${app.cookie}` },
  })
  await once(socket, 'open')
  expect(socket.protocol).toBe('v2')
  expect(request!.url).toBe('/_s/?x=1')
  expect(request!.headers).toMatchObject({
    host: app.host,
    cookie: 'a=1',
    'wave-user-id': ada.id,
    'x-forwarded-for': '127.0.0.1',
  })
  socket.terminate()
})

test('a handshake without a ticket is 401, whether there is such an instance or not', async () => {
  await using gateway = await openGateway()
  const app = await gateway.deploy(echo())
  expect((await refusalOf(app.socket('/', { headers: { cookie: '' } }))).status).toBe(401)
  expect((await refusalOf(app.socket('/', { headers: { host: `none.localhost:${gateway.port}` } }))).status).toBe(401)
  expect((await refusalOf(app.socket('/', { headers: { host: `localhost:${gateway.port}` } }))).status).toBe(404)
})

test('a handshake from a page of another origin is 401, and from its own goes through', async () => {
  await using gateway = await openGateway()
  const app = await gateway.deploy(echo())
  const foreign = app.socket('/', { headers: { origin: `http://evil.localhost:${gateway.port}` } })
  expect((await refusalOf(foreign)).status).toBe(401)
  const own = app.socket('/', { headers: { origin: `http://${app.host}` } })
  await once(own, 'open')
  own.terminate()
})

test('a handshake at an instance that is still starting is 503', async () => {
  await using gateway = await openGateway()
  const app = await gateway.deploy(echo(), { status: 'PENDING', phase: 'starting' })
  expect((await refusalOf(app.socket('/'))).status).toBe(503)
})

test('an app that refuses a WebSocket is heard with its own status, not as a reset', async () => {
  await using gateway = await openGateway()
  const server = createServer().on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nnot today')
  })
  const app = await gateway.deploy(server)
  expect(await refusalOf(app.socket('/'))).toEqual({ status: 403, body: 'not today' })
})

test('an app without WebSockets answers the handshake as the request that it is', async () => {
  await using gateway = await openGateway()
  const app = await gateway.deploy(appOf((_request, response) => response.writeHead(404).end('no such page')))
  expect(await refusalOf(app.socket('/'))).toEqual({ status: 404, body: 'no such page' })
})

test('an app that cannot be reached, or breaks the handshake off, is 502', async () => {
  await using gateway = await openGateway()
  const closed = createServer()
  const address = await listen(closed)
  await new Promise((resolve) => closed.close(resolve))
  const unreachable = await gateway.deploy(createServer(), { address })
  expect((await refusalOf(unreachable.socket('/'))).status).toBe(502)
  const rude = await gateway.deploy(createServer().on('upgrade', (_request, socket) => socket.destroy()))
  expect((await refusalOf(rude.socket('/'))).status).toBe(502)
})

test('an app that never answers the handshake is given up after its time', async () => {
  await using gateway = await openGateway({ headersMs: 300 })
  const silent = createTcpServer((socket) => socket.on('error', () => {}))
  const app = await gateway.deploy(createServer(), { address: await listen(silent as never) })
  expect((await refusalOf(app.socket('/'))).status).toBe(504)
  silent.close()
})

test('an app that dies ends the WebSocket, and a client that dies ends it for the app', async () => {
  await using gateway = await openGateway()
  const sides: { socket: WebSocket; raw: Socket }[] = []
  const app = await gateway.deploy(echo((socket, request) => sides.push({ socket, raw: request.socket })))
  const first = app.socket('/')
  await once(first, 'open')
  sides[0]!.raw.resetAndDestroy()
  expect(await closeCode(first)).toBe(1006)

  const second = app.socket('/')
  await once(second, 'open')
  const closed = closeCode(sides[1]!.socket)
  second.terminate()
  expect(await closed).toBe(1006)
})

test('what a client sends right behind its handshake is not lost', async () => {
  await using gateway = await openGateway()
  const app = await gateway.deploy(echo())
  const masked = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69])
  const socket = gateway.raw(handshake(app))
  socket.write(masked)
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  await until(() => text.endsWith('\x81\x02hi'))
  socket.destroy()
})

test('a half-closed client still gets what the app has to say', async () => {
  await using gateway = await openGateway()
  const server = createServer({}).on('upgrade', (_request, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    socket.on('end', () => socket.end('last words')).resume()
  })
  const app = await gateway.deploy(server)
  const socket = gateway.raw(handshake(app))
  const [head] = (await once(socket, 'data')) as [Buffer]
  expect(head.toString()).toMatch(/^HTTP\/1.1 101 /)
  socket.end()
  expect(await readAll(socket)).toBe('last words')
})

test('a handshake with a body is 400', async () => {
  await using gateway = await openGateway()
  const app = await gateway.deploy(echo())
  const socket = gateway.raw(`${handshake(app).slice(0, -2)}Content-Length: 5\r\n\r\nhello`)
  expect((await readAll(socket)).slice(0, 12)).toBe('HTTP/1.1 400')
})

test('a thousand WebSockets opened and closed leave nothing behind', async () => {
  await using gateway = await openGateway()
  let open = 0
  const app = await gateway.deploy(
    echo((socket) => {
      open += 1
      socket.on('close', () => {
        open -= 1
      })
    }),
  )
  for (let round = 0; round < 20; round += 1) {
    const sockets = Array.from({ length: 50 }, () => app.socket('/'))
    await Promise.all(sockets.map((socket) => once(socket, 'open')))
    const closes = sockets.map((socket) => once(socket, 'close'))
    for (const [index, socket] of sockets.entries()) {
      if (index % 2 === 0) socket.terminate()
      else socket.close()
    }
    await Promise.all(closes)
  }
  await until(() => open === 0)
  await until(async () => (await connectionsOf(gateway.server)) === 0)
})

test('a refused client that never closes its side is not kept', async () => {
  await using gateway = await openGateway()
  const socket = connect({ port: gateway.localPort, host: '127.0.0.1', allowHalfOpen: true })
  socket.write(
    `GET / HTTP/1.1\r\nHost: none.localhost:${gateway.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  )
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1.1 401 /)
  await until(async () => (await connectionsOf(gateway.server)) === 0)
  socket.destroy()
})
