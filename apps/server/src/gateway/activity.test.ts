import { once } from 'node:events'
import { expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { MessageWatch } from './message-watch.ts'
import { appOf, navigation, openGateway, until } from './testing/open-gateway.ts'

function frame(opcode: number, length: number, { masked = true, first = 0x80 } = {}): Buffer {
  const mask = masked ? 0x80 : 0
  const head =
    length < 126
      ? Buffer.from([first | opcode, mask | length])
      : length < 65_536
        ? Buffer.from([first | opcode, mask | 126, length >> 8, length & 0xff])
        : Buffer.concat([Buffer.from([first | opcode, mask | 127, 0, 0, 0, 0]), uint32(length)])
  return Buffer.concat([head, Buffer.alloc(masked ? 4 : 0, 0x89), Buffer.alloc(length, 0x89)])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function messagesIn(bytes: Buffer, pieceBytes: number): number {
  let count = 0
  const watch = new MessageWatch(() => {
    count += 1
  })
  for (let at = 0; at < bytes.length; at += pieceBytes) watch.read(bytes.subarray(at, at + pieceBytes))
  return count
}

const [text, binary, close, ping, pong] = [1, 2, 8, 9, 10]

test.each([1, 2, 3, 7, 64, 1_000_000])('pings and pongs are no messages, in pieces of %d bytes', (pieceBytes) => {
  const control = [frame(ping, 0), frame(pong, 125), frame(ping, 4, { masked: false }), frame(close, 2)]
  expect(messagesIn(Buffer.concat(control), pieceBytes)).toBe(0)
})

test.each([1, 2, 3, 7])('messages of every length are seen, in pieces of %d bytes', (pieceBytes) => {
  const lengths = [0, 1, 125, 126, 65_535, 65_536]
  const frames = lengths.flatMap((length) => [frame(ping, 3), frame(binary, length), frame(text, 0, { masked: false })])
  expect(messagesIn(Buffer.concat(frames), pieceBytes)).toBe(lengths.length * 2)
})

test('fragments and compressed messages are seen as what they are', () => {
  const [unfinished, compressed] = [0x00, 0xc0]
  expect(messagesIn(frame(text, 9, { first: unfinished }), 4)).toBe(1)
  expect(messagesIn(frame(0, 9), 4)).toBe(1)
  expect(messagesIn(frame(text, 300, { first: compressed }), 4)).toBe(1)
})

async function openEcho() {
  const gateway = await openGateway()
  const server = appOf((_request, response) => response.end('app'))
  const accepted: WebSocket[] = []
  new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } }).on('connection', (socket) => {
    accepted.push(socket)
    socket.on('message', (data) => socket.send(data))
  })
  const app = await gateway.deploy(server)
  return { gateway, app, accepted, totals: () => ({ ...gateway.activity.totals(app.instance.id) }) }
}

test('requests that reach the app are activity; pages and pictures of our own are none', async () => {
  const { gateway, app, totals } = await openEcho()
  await using _ = gateway
  await app.get('/')
  await app.get('/x', { method: 'POST', body: 'a' })
  expect(totals()).toMatchObject({ requests: 2, signs: 2, answers: 2 })
  await app.get('/_wave-store/status')
  await app.get('/_wave-store/icon')
  await app.get('/', { headers: { cookie: '' } })
  app.instance.status = 'PENDING'
  await app.get('/', { headers: navigation })
  await app.get('/')
  expect(totals()).toMatchObject({ requests: 2, signs: 2, answers: 2 })
})

test('messages are signs of life in both directions; pings and pongs are none', async () => {
  const { gateway, app, accepted, totals } = await openEcho()
  await using _ = gateway
  const socket = app.socket('/_s/')
  await once(socket, 'open')
  await until(() => totals().sockets === 1)
  expect(totals().answers).toBe(1)
  const opened = totals().signs
  socket.ping('from the browser')
  await once(socket, 'pong')
  accepted[0]!.ping('from the app')
  await once(accepted[0]!, 'pong')
  expect(totals().signs).toBe(opened)

  socket.send('hello '.repeat(100))
  const [echo] = (await once(socket, 'message')) as [Buffer]
  expect(String(echo)).toBe('hello '.repeat(100))
  expect(totals().signs).toBe(opened + 2)
  accepted[0]!.send('unasked')
  await once(socket, 'message')
  expect(totals().signs).toBe(opened + 3)

  socket.close()
  await until(() => totals().sockets === 0)
})

test('a WebSocket that the app refuses, or nobody may open, never counts as open', async () => {
  await using gateway = await openGateway()
  const app = await gateway.deploy(appOf((_request, response) => response.end('no WebSockets')))
  const refused = app.socket('/')
  refused.on('error', () => {})
  await once(refused, 'unexpected-response')
  refused.terminate()
  expect(gateway.activity.totals(app.instance.id)).toEqual({ requests: 0, signs: 0, answers: 1, sockets: 0 })
})
