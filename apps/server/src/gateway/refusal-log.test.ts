import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { mirror } from './testing/mirror-app.ts'
import { listen, navigation, openGateway, readAll } from './testing/open-gateway.ts'

/** What must not stand in any log, wherever it is sent. */
const secret = 'S3cr3tValue'

async function openLogged() {
  let log = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk)
      done()
    },
  })
  const gateway = await openGateway({ logger: pino({ level: 'debug' }, stream) })
  return { gateway, logged: () => log }
}

test.each<[string, (host: string) => { path?: string; headers?: Record<string, string> }, number, string]>([
  ['a forged ticket', () => ({ headers: { cookie: `__Host-wave-ticket=${secret}` } }), 401, 'the ticket is unknown'],
  ['no ticket', () => ({ path: `/?token=${secret}` }), 401, 'no ticket'],
  [
    'a ticket that a sibling sends',
    () => ({ headers: { cookie: `__Host-wave-ticket=${secret}`, 'sec-fetch-site': 'same-site' } }),
    401,
    'a page of another origin sent the ticket',
  ],
  [
    'a forged code',
    () => ({ path: `/_wave-store/ticket?code=${secret}&return_to=/${secret}`, headers: navigation }),
    302,
    'sign-in code was refused',
  ],
  [
    'a forged code at the second try',
    () => ({
      path: `/_wave-store/ticket?code=${secret}&return_to=${encodeURIComponent('/_wave-store/second-try?to=/x')}`,
      headers: { ...navigation, cookie: `__Host-wave-nonce=${'n'.repeat(22)}` },
    }),
    403,
    'sign-in code was refused',
  ],
  ['a host with a name before it', (host) => ({ headers: { host: `${secret}@${host}` } }), 400, 'not a host name'],
  [
    'a service worker',
    () => ({ path: `/${secret}.js`, headers: { 'service-worker': 'script' } }),
    403,
    'service worker',
  ],
])('%s is refused, and the log says why without telling it on', async (_name, ask, status, why) => {
  const { gateway, logged } = await openLogged()
  await using _ = gateway
  const { host } = await gateway.deploy(mirror())
  const { path = '/', headers } = ask(host)
  const answer = await gateway.fetch(host, path, { headers: { authorization: `Bearer ${secret}`, ...headers } })
  expect(answer.status).toBe(status)
  expect(logged()).toContain(why)
  expect(logged()).not.toContain(secret)
  expect(answer.body).not.toContain(secret)
})

test('a ticket of another instance is unknown, and one that lost its right is not told on either', async () => {
  const { gateway, logged } = await openLogged()
  await using _ = gateway
  const [one, two] = [await gateway.deploy(mirror()), await gateway.deploy(mirror())]
  expect((await one.get('/', { headers: { cookie: two.cookie } })).status).toBe(401)
  expect(logged()).toContain('the ticket is unknown here')
  gateway.store.refusedTickets.add(one.ticket)
  expect((await one.get('/')).status).toBe(404)
  expect(logged()).toContain('not open to who holds the ticket')
  for (const { ticket } of [one, two]) expect(logged()).not.toContain(ticket)
})

test.each([
  ['cannot be read', `GET / HTTP/1.1\r\nHost: localhost\r\nCookie : ${secret}\r\n\r\n`, 'HPE_'],
  ['is too long', `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${secret.repeat(5000)}\r\n\r\n`, 'HPE_HEADER_OVERFLOW'],
  ['names two hosts', `GET /${secret} HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n`, 'exactly one host'],
])('a request that %s is told by its kind alone', async (_name, text, why) => {
  const { gateway, logged } = await openLogged()
  await using _ = gateway
  expect(await readAll(gateway.raw(text))).toMatch(/^HTTP\/1.1 4\d\d /)
  expect(logged()).toContain(why)
  expect(logged()).not.toContain(secret)
})

test.each([
  ['a header that is none', `HTTP/1.1 200 OK\r\nSet-Cookie: a=${secret}\r\nX: a\x01b\r\n\r\n`],
  ['a body that is cut short', `HTTP/1.1 200 OK\r\nContent-Length: 99\r\nSet-Cookie: a=${secret}\r\n\r\n${secret}`],
  ['something else than HTTP', `${secret}\r\n\r\n`],
])('of an app that answers with %s the log tells no word of the answer', async (_name, text) => {
  const { gateway, logged } = await openLogged()
  await using _ = gateway
  const app = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', () => socket.end(text, 'latin1'))
  })
  const { get } = await gateway.deploy(createServer(), { address: await listen(app as never) })
  const cookie = { authorization: `Bearer ${secret}` }
  await get('/', { headers: cookie }).catch(() => {})
  await expect.poll(logged).toMatch(/an app (did not answer|ended within an answer)/)
  expect(logged()).not.toContain(secret)
  app.close()
})
