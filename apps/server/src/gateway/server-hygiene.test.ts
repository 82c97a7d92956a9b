import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { appOf, openGateway, readAll, until } from './testing/open-gateway.ts'

test.each([
  ['something that is not HTTP', 'HELLO\r\n\r\n', 400],
  ['a folded header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n', 400],
  ['a header name with a blank', 'GET / HTTP/1.1\r\nHost: localhost\r\nX : a\r\n\r\n', 400],
  ['a head beyond the limit', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
])('%s is answered with a status', async (_name, text, status) => {
  await using gateway = await openGateway()
  expect((await readAll(gateway.raw(text))).slice(0, 12)).toBe(`HTTP/1.1 ${status}`)
})

test('a client that never ends its head is sent away', async () => {
  await using gateway = await openGateway({ clientHeadersMs: 200 })
  const socket = gateway.raw('GET / HTTP/1.1\r\nHost: localhost\r\n')
  expect((await readAll(socket)).slice(0, 12)).toBe('HTTP/1.1 408')
})

test('a client that trickles its body is cut off, one that keeps a pace is not', async () => {
  await using gateway = await openGateway({ clientBodyMs: 200, minBodyBytes: 100 })
  const app = appOf((request, response) => {
    request.on('end', () => response.end('all there')).resume()
  })
  const { host, cookie } = await gateway.deploy(app)
  const head = `POST / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nConnection: close\r\nContent-Length: 9600\r\n\r\n`
  const slow = gateway.raw(head)
  const steady = gateway.raw(head)
  const trickle = setInterval(() => slow.writable && slow.write('x'), 20)
  let sent = 0
  const pace = setInterval(() => {
    if (sent < 9600) steady.write('x'.repeat(300))
    sent += 300
  }, 20)
  const [cut, whole] = await Promise.all([readAll(slow), readAll(steady)])
  clearInterval(trickle)
  clearInterval(pace)
  expect(cut).toBe('')
  expect(whole).toContain('all there')
})

test('a client that never reads its answer is cut off', async () => {
  await using gateway = await openGateway({ clientBodyMs: 50, unreadMs: 100 })
  let appResponseClosed = false
  const app = appOf((_request, response) => {
    response.on('close', () => {
      appResponseClosed = true
    })
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1_000_000)));
      response.once('drain', more)
    }
    more()
  })
  const { host, cookie } = await gateway.deploy(app)
  gateway.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
  await until(() => appResponseClosed)
})

test('a client that goes on uploading after it was refused is cut off after a while', async () => {
  await using gateway = await openGateway({ lingerMs: 100 })
  const { host } = await gateway.deploy(appOf((_request, response) => response.end()))
  const socket = gateway.raw(`POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 90000000\r\n\r\n`)
  const upload = setInterval(() => socket.writable && socket.write(Buffer.alloc(1000)), 5)
  const text = await readAll(socket)
  clearInterval(upload)
  expect(text.slice(0, 12)).toBe('HTTP/1.1 401')
})

test('a client that resets its connection at any point does not end the process', async () => {
  await using gateway = await openGateway()
  const server = appOf((_request, response) => response.end('x'.repeat(100_000)))
  new WebSocketServer({ server })
  const { host, cookie, get } = await gateway.deploy(server)
  const head = `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n`
  const upgrade = `${head}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
  for (const text of ['G', head, `${head}\r\n`, upgrade]) {
    for (const waitsForAnswer of [false, true]) {
      const socket = gateway.raw(text)
      await once(socket, 'connect')
      if (waitsForAnswer && text.endsWith('\r\n\r\n')) await once(socket, 'data')
      socket.resetAndDestroy()
    }
  }
  expect((await get('/')).status).toBe(200)
})

test('closing lets requests in flight end, and then takes no more', async () => {
  const gateway = await openGateway({ drainMs: 5_000 })
  let finish: () => void = () => {}
  const app = appOf((_request, response) => {
    finish = () => response.end('in the end')
  })
  const { get } = await gateway.deploy(app)
  const answer = get('/')
  const asked = once(app, 'request')
  await asked
  const closed = gateway[Symbol.asyncDispose]()
  finish()
  expect((await answer).body).toBe('in the end')
  await closed
  await expect(get('/')).rejects.toThrow('ECONNREFUSED')
})

test('closing ends WebSockets at once, and endless streams after the time for draining', async () => {
  const gateway = await openGateway({ drainMs: 100 })
  const server = appOf((_request, response) => response.write('endless'))
  new WebSocketServer({ server })
  const { socket: open, host, cookie } = await gateway.deploy(server)
  const socket = open('/')
  await once(socket, 'open')
  const stream = gateway.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
  await once(stream, 'data')
  const ends = Promise.all([once(socket, 'close'), readAll(stream)])
  await gateway[Symbol.asyncDispose]()
  await ends
})
