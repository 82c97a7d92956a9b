import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { expect, test } from 'vitest'
import { mirror } from './testing/mirror-app.ts'
import { appOf, listen, navigation, openGateway, readAll } from './testing/open-gateway.ts'

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
  ['a folded cookie', 'HTTP/1.1 200 OK\r\nSet-Cookie: a=1;\r\n Domain=localhost\r\nContent-Length: 0\r\n\r\n'],
  ['a line break within a cookie', 'HTTP/1.1 200 OK\r\nSet-Cookie: a=1\rX: y\r\nContent-Length: 0\r\n\r\n'],
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
