import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { ada, appOf, listen, navigation, openGateway, readAll, until } from './testing/open-gateway.ts'

/** An app that answers with everything that it received. */
const mirror = () =>
  appOf(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method, url, rawHeaders } = request
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ method, url, headers: pairsOf(rawHeaders), body }))
  })

function pairsOf(raw: string[]): [string, string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1]!]] : []))
}

/** What an app received, by lower-case name. */
const seen = (body: string) =>
  JSON.parse(body) as { method: string; url: string; headers: [string, string][]; body: string }
const valuesOf = (body: string, name: string) =>
  seen(body)
    .headers.filter(([key]) => key === name)
    .map(([, value]) => value)

test('an app is told who asks, from where and at which address', async () => {
  await using gateway = await openGateway()
  const { get, host, instance } = await gateway.deploy(mirror())
  const { body } = await get('/')
  expect(Object.fromEntries(seen(body).headers)).toMatchObject({
    host,
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': host,
    'x-forwarded-proto': 'http',
    'wave-instance-id': instance.id,
    'wave-user-id': ada.id,
    'wave-user-name': 'Ada Lovelace',
    'wave-user-email': 'ada@example.com',
  })
})

test('a name that is not ASCII is percent-encoded, whatever it holds', async () => {
  await using gateway = await openGateway()
  const { get, instance } = await gateway.deploy(mirror())
  const name = 'Zoë 100%\r\nX-Evil: 1 😀'
  const ticket = gateway.store.issueTicket(instance.id, { user: { ...ada, name } })
  const { body } = await get('/', { headers: { cookie: `__Host-wave-ticket=${ticket}` } })
  const [value] = valuesOf(body, 'wave-user-name')
  expect(value).toMatch(/^Zo%C3%AB 100%25%0D%0AX-Evil: 1 /)
  expect(decodeURIComponent(value!)).toBe(name)
})

test("the store's and the gateway's cookies never reach an app, the app's own do", async () => {
  await using gateway = await openGateway()
  const { get, cookie } = await gateway.deploy(mirror())
  const sent = `a=1; ${cookie}; __Host-wave-session=s; __host-wave-nonce=n; =__Host-wave-ticket=x; b=2`
  expect(valuesOf((await get('/', { headers: { cookie: sent } })).body, 'cookie')).toEqual(['a=1; b=2'])
  expect(valuesOf((await get('/')).body, 'cookie')).toEqual([])
})

test('X-Forwarded-For and the like from outside are not passed on, in any spelling', async () => {
  await using gateway = await openGateway()
  const { get } = await gateway.deploy(mirror())
  const { body } = await get('/', {
    headers: {
      'X-Forwarded-For': '6.6.6.6',
      X_Forwarded_For: '6.6.6.6',
      'X-Forwarded-Prefix': '/evil',
      Forwarded: 'for=6.6.6.6',
      'X-Real-IP': '6.6.6.6',
      'Wave-User-Id': 'admin',
      Wave_User_Id: 'admin',
      'Wave-Anything': 'x',
    },
  })
  expect(valuesOf(body, 'x-forwarded-for')).toEqual(['127.0.0.1'])
  expect(valuesOf(body, 'wave-user-id')).toEqual([ada.id])
  expect(body).not.toMatch(/6\.6\.6\.6|admin|evil|wave-anything|wave_user_id/i)
})

test('hop-by-hop headers and Proxy-Authorization do not leak through to the app', async () => {
  await using gateway = await openGateway()
  const { get } = await gateway.deploy(mirror())
  const { body } = await get('/', {
    headers: {
      Connection: 'keep-alive, X-Hop',
      'X-Hop': '1',
      'Keep-Alive': 'timeout=5',
      TE: 'trailers',
      'Proxy-Authorization': 'Basic secret',
      'Proxy-Connection': 'keep-alive',
      'X-Kept': '1',
    },
  })
  const names = seen(body).headers.map(([name]) => name)
  expect(names).toContain('x-kept')
  for (const name of ['x-hop', 'keep-alive', 'te', 'proxy-authorization', 'proxy-connection']) {
    expect(names).not.toContain(name)
  }
})

test("of an app's headers all reach the browser but hop-by-hop ones and claims about the host", async () => {
  await using gateway = await openGateway()
  const app = appOf((_request, response) => {
    response.writeHead(
      201,
      'Quite fine',
      [
        ['Connection', 'X-Hop'],
        ['X-Hop', '1'],
        ['Proxy-Authenticate', 'Basic'],
        ['Alt-Svc', 'h3=":443"'],
        ['Clear-Site-Data', '"cookies", "storage"'],
        ['Set-Cookie', 'a=1; Domain=localhost; Path=/'],
        ['Set-Cookie', 'b=2; Secure; DOMAIN = .localhost'],
        ['Set-Cookie', 'c=3; HttpOnly'],
        ['Set-Cookie', '__Host-wave-ticket=evil; Path=/; Secure'],
        ['Set-Cookie', '=__Host-wave-ticket=evil'],
        ['X-Twice', '1'],
        ['X-Twice', '2'],
        ['X-Latin', 'caf\u00e9'],
      ].flat(),
    )
    response.end('ok')
  })
  const { get } = await gateway.deploy(app)
  const { status, headers, rawHeaders } = await get('/')
  expect(status).toBe(201)
  expect(headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2; Secure', 'c=3; HttpOnly'])
  expect(headers['clear-site-data']).toBe('"storage"')
  expect(headers['x-latin']).toBe('caf\u00e9')
  expect(pairsOf(rawHeaders).filter(([name]) => name === 'x-twice')).toHaveLength(2)
  for (const name of ['x-hop', 'proxy-authenticate', 'alt-svc']) expect(headers).not.toHaveProperty(name)
})

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

test('an app that dies in mid-response cuts the client off instead of leaving it to wait', async () => {
  await using gateway = await openGateway()
  const app = appOf((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('half')
    setTimeout(() => response.socket!.destroy(), 20)
  })
  const { host, cookie } = await gateway.deploy(app)
  const socket = gateway.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
  expect(await readAll(socket)).toMatch(/content-length: 1000[\s\S]*half$/)
})

test('a chunked answer that breaks off does not end as if it were whole', async () => {
  await using gateway = await openGateway()
  const app = appOf((_request, response) => {
    response.write('half')
    setTimeout(() => response.socket!.destroy(), 20)
  })
  const { host, cookie } = await gateway.deploy(app)
  const text = await readAll(gateway.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`))
  expect(text).toContain('half')
  expect(text).not.toMatch(/\r\n0\r\n/)
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

test('a kept-alive connection that the app closed in the meantime costs no request, and repeats no POST', async () => {
  await using gateway = await openGateway()
  const dropped: string[] = []
  /** Closes a connection that is used again instead of answering, as a server does whose idle time is over. */
  const app = createTcpServer((socket) => {
    let served = 0
    socket.on('error', () => {})
    socket.on('data', (data) => {
      const [method = ''] = data.toString().split(' ', 1)
      served += 1
      if (served === 1 && method === 'GET') return socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
      dropped.push(method)
      return socket.destroy()
    })
  })
  const { get } = await gateway.deploy(createServer(), { address: await listen(app as never) })
  for (let round = 0; round < 4; round += 1) expect((await get('/')).body).toBe('ok')
  expect(dropped).toContain('GET')
  const posted = await get('/', { method: 'POST', body: 'a=1', headers: { 'content-length': '3' } })
  expect(posted.status).toBe(502)
  expect(dropped.filter((method) => method === 'POST')).toHaveLength(1)
  app.close()
})

test('an app that takes no connection is 502, with a page that tries again for people', async () => {
  await using gateway = await openGateway()
  const { get, instance } = await gateway.deploy(mirror())
  const closed = createServer()
  instance.address = await listen(closed)
  await new Promise((resolve) => closed.close(resolve))
  const program = await get('/')
  expect(program.status).toBe(502)
  expect(JSON.parse(program.body).detail).toBe('The app is not answering.')
  const person = await get('/x', { headers: navigation })
  expect(person.status).toBe(502)
  expect(person.body).toContain('<noscript><meta http-equiv="refresh" content="2; url=/x"></noscript>')
})

test('an app that takes a connection and says nothing is given up after its time', async () => {
  await using gateway = await openGateway({ headersMs: 300 })
  const silent = createTcpServer((socket) => socket.on('error', () => {}))
  const { get } = await gateway.deploy(createServer(), { address: await listen(silent as never) })
  expect((await get('/')).status).toBe(504)
  silent.close()
})

test('an answer that stops in the middle is cut off after its time', async () => {
  await using gateway = await openGateway({ idleBodyMs: 300 })
  const { host, cookie } = await gateway.deploy(appOf((_request, response) => response.write('first')))
  const socket = gateway.raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
  expect(await readAll(socket)).toContain('first')
})

test.each([
  ['something that is not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
  ['a header with a control character', 'HTTP/1.1 200 OK\r\nX: a\x01b\r\nContent-Length: 0\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ['an upgrade that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
])('an app that answers %s is 502', async (_name, text) => {
  await using gateway = await openGateway()
  const app = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', () => socket.end(text, 'latin1'))
  })
  const { get } = await gateway.deploy(createServer(), { address: await listen(app as never) })
  expect((await get('/')).status).toBe(502)
  app.close()
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

test('an offer to upgrade to something else than a WebSocket is passed over', async () => {
  await using gateway = await openGateway()
  const { get } = await gateway.deploy(mirror())
  const { body } = await get('/', {
    headers: { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'x' },
  })
  expect(seen(body).headers.map(([name]) => name)).not.toContain('upgrade')
})
