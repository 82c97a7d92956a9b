import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { mirror, seen } from './testing/mirror-app.ts'
import { appOf, openGateway, readAll, until } from './testing/open-gateway.ts'

test('method, path, query and body reach the app as they are', async () => {
  await using gateway = await openGateway()
  const { get } = await gateway.deploy(mirror())
  const path = '//a/../b%2F%00;x?q=%E2%9C%93&q&=#'.slice(0, -1)
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'PROPFIND']) {
    const { body } = await get(path, { method, body: 'some bytes', headers: { 'content-length': '10' } })
    expect(seen(body)).toMatchObject({ method, url: path, body: 'some bytes' })
  }
  expect(seen((await get('/', { method: 'POST', headers: { 'content-length': '0' } })).body)).toMatchObject({
    body: '',
  })
  const chunked = await get('/', { method: 'POST', body: 'some bytes', headers: { 'transfer-encoding': 'chunked' } })
  expect(seen(chunked.body).body).toBe('some bytes')
})

test.each([
  ['HEAD', 200, { 'content-length': '5' }],
  ['GET', 204, {}],
  ['GET', 304, { etag: '"x"' }],
])('a %s answered %i has no body and keeps its headers', async (method, status, headers) => {
  await using gateway = await openGateway()
  const app = appOf((_request, response) => {
    response.writeHead(status, headers)
    response.end(status === 200 ? 'hello' : undefined)
  })
  const { get } = await gateway.deploy(app)
  for (let round = 0; round < 2; round += 1) {
    const answer = await get('/', { method })
    expect(answer).toMatchObject({ status, body: '' })
    expect(answer.headers).toMatchObject(headers)
  }
})

test('a request with both Content-Length and Transfer-Encoding is 400 and never reaches the app', async () => {
  await using gateway = await openGateway()
  let requests = 0
  const { host, cookie } = await gateway.deploy(
    appOf((_request, response) => {
      requests += 1
      response.end()
    }),
  )
  const socket = gateway.raw(
    `POST / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`,
  )
  expect(await readAll(socket)).toMatch(/^HTTP\/1.1 400 /)
  expect(requests).toBe(0)
})

test('an early 413 reaches a client that is still uploading, though the app closes at once', async () => {
  await using gateway = await openGateway()
  const app = appOf((_request, response) => {
    response.writeHead(413, { Connection: 'close' })
    response.end('too much')
  })
  const { host, cookie } = await gateway.deploy(app)
  for (let round = 0; round < 20; round += 1) {
    const socket = gateway.raw(
      `POST / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nContent-Length: 90000000\r\n\r\n`,
    )
    const upload = setInterval(() => socket.write(Buffer.alloc(65_536)), 1)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    clearInterval(upload)
    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /)
    socket.destroy()
  }
})

test('Early Hints of an app do not disturb its answer', async () => {
  await using gateway = await openGateway()
  const app = appOf((_request, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' })
    response.end('ok')
  })
  const { get } = await gateway.deploy(app)
  expect(await get('/')).toMatchObject({ status: 200, body: 'ok' })
})

test('Expect: 100-continue is answered when the app may have the body, and only then', async () => {
  await using gateway = await openGateway()
  const { host, cookie } = await gateway.deploy(mirror())
  const head = `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n`
  const allowed = gateway.raw(`${head}Cookie: ${cookie}\r\n\r\n`)
  const [go] = (await once(allowed, 'data')) as [Buffer]
  expect(go.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  allowed.write('body')
  const text = await readAll(allowed)
  expect(text).toContain('"body":"body"')
  expect(text).not.toMatch(/"expect"/)

  const refused = gateway.raw(`${head}\r\n`)
  expect((await readAll(refused)).slice(0, 12)).toBe('HTTP/1.1 401')
})

test('an event stream arrives as it is written, beginning with its head', async () => {
  await using gateway = await openGateway()
  let send: (text: string) => void = () => {}
  const app = appOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    send = (text) => response.write(text)
  })
  const { host, cookie } = await gateway.deploy(app)
  const socket = gateway.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
  const [head] = (await once(socket, 'data')) as [Buffer]
  expect(head.toString()).toMatch(/^HTTP\/1.1 200 OK\r\n/)
  send('data: 1\n\n')
  const [event] = (await once(socket, 'data')) as [Buffer]
  expect(event.toString()).toContain('data: 1')
  socket.destroy()
})

test('a slow reader holds the app back, and memory stays flat', async () => {
  await using gateway = await openGateway()
  let written = 0
  const app = appOf((_request, response) => {
    const chunk = Buffer.alloc(1_000_000)
    const more = () => {
      while (written < 400_000_000 && !response.destroyed) {
        written += chunk.length
        if (!response.write(chunk)) return void response.once('drain', more)
      }
    }
    more()
  })
  const { host, cookie } = await gateway.deploy(app)
  const before = process.memoryUsage().arrayBuffers
  const socket = gateway.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
  await once(socket, 'readable')
  let last = -1
  await until(async () => {
    const isStill = written === last
    last = written
    await new Promise((resolve) => setTimeout(resolve, 200))
    return isStill
  })
  expect(written).toBeLessThan(60_000_000)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000)
  socket.destroy()
})

test('a slow app holds the upload back, and gets all of it in the end', async () => {
  await using gateway = await openGateway()
  let request: IncomingMessage | undefined
  let received = 0
  const app = appOf((incoming, response) => {
    request = incoming.on('end', () => response.end(String(received)))
  })
  const { host, cookie } = await gateway.deploy(app)
  const size = 50_000_000
  const socket = gateway.raw(
    `POST / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nContent-Length: ${size}\r\nConnection: close\r\n\r\n`,
  )
  const flushed = new Promise((resolve) => socket.write(Buffer.alloc(size), resolve))
  await until(() => request !== undefined)
  let last = -1
  await until(async () => {
    const isStill = socket.bytesWritten - socket.writableLength === last
    last = socket.bytesWritten - socket.writableLength
    await new Promise((resolve) => setTimeout(resolve, 200))
    return isStill
  })
  expect(socket.writableLength).toBeGreaterThan(20_000_000)
  request!.on('data', (chunk: Buffer) => {
    received += chunk.length
  })
  await flushed
  expect(await readAll(socket)).toMatch(new RegExp(`${size}\r\n0\r\n\r\n$|${size}$`))
})

test('an upload that is cut in the middle is cut for the app as well', async () => {
  await using gateway = await openGateway()
  const ends: string[] = []
  const app = appOf((request) => {
    ends.push('begun')
    request
      .on('end', () => ends.push('whole'))
      .on('aborted', () => ends.push('cut'))
      .resume()
  })
  const { host, cookie } = await gateway.deploy(app)
  const socket = gateway.raw(
    `POST / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`,
  )
  await until(() => ends.length > 0)
  socket.destroy()
  await until(() => ends.length > 1)
  expect(ends).toEqual(['begun', 'cut'])
})

test('a client that leaves frees the connection to the app', async () => {
  await using gateway = await openGateway()
  let appSocket: Socket | undefined
  const app = appOf((request) => {
    appSocket = request.socket
  })
  const { host, cookie } = await gateway.deploy(app)
  const socket = gateway.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
  await until(() => appSocket !== undefined)
  socket.destroy()
  await once(appSocket!, 'close')
})

test('requests one after the other share a connection to the app', async () => {
  await using gateway = await openGateway()
  const app = appOf((_request, response) => response.end())
  let connections = 0
  app.on('connection', () => {
    connections += 1
  })
  const { get } = await gateway.deploy(app)
  for (let round = 0; round < 5; round += 1) await get('/')
  expect(connections).toBe(1)
})
