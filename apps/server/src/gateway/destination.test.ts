import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { readDestination } from './destination.ts'
import { openGateway, readAll } from './testing/open-gateway.ts'

const local = { publicUrl: new URL('http://localhost:8080'), appsHost: 'localhost:8080' }
const production = { publicUrl: new URL('https://store.example.com'), appsHost: 'apps.example.net' }

function requestTo(host: string, url = '/'): IncomingMessage {
  return { url, headers: { host }, rawHeaders: ['Host', host] } as unknown as IncomingMessage
}

test.each([
  ['localhost:8080', { kind: 'store' }],
  ['LocalHost:8080', { kind: 'store' }],
  ['abc.localhost:8080', { kind: 'instance', label: 'abc' }],
  ['ABC.Localhost:8080', { kind: 'instance', label: 'abc' }],
  ['localhost', { kind: 'elsewhere' }],
  ['localhost:8081', { kind: 'elsewhere' }],
  ['localhost.:8080', { kind: 'elsewhere' }],
  ['abc.localhost.:8080', { kind: 'elsewhere' }],
  ['a.b.localhost:8080', { kind: 'elsewhere' }],
  ['.localhost:8080', { kind: 'elsewhere' }],
  ['-a.localhost:8080', { kind: 'elsewhere' }],
  ['a_b.localhost:8080', { kind: 'elsewhere' }],
  ['evillocalhost:8080', { kind: 'elsewhere' }],
  ['127.0.0.1:8080', { kind: 'elsewhere' }],
  ['[::1]:8080', { kind: 'elsewhere' }],
])('on this machine, host %s is %o', (host, destination) => {
  expect(readDestination(requestTo(host), local)).toEqual(destination)
})

test.each([
  ['store.example.com', { kind: 'store' }],
  ['store.example.com:443', { kind: 'store' }],
  ['store.example.com:80', { kind: 'elsewhere' }],
  ['abc.apps.example.net', { kind: 'instance', label: 'abc' }],
  ['abc.apps.example.net:443', { kind: 'instance', label: 'abc' }],
  ['abc.store.example.com', { kind: 'elsewhere' }],
])('in production, host %s is %o', (host, destination) => {
  expect(readDestination(requestTo(host), production)).toEqual(destination)
})

test('an IPv6 address can be the store', () => {
  const addresses = { publicUrl: new URL('http://[::1]:8080'), appsHost: 'localhost:8080' }
  expect(readDestination(requestTo('[::1]:8080'), addresses)).toEqual({ kind: 'store' })
})

test.each(['user@localhost:8080', 'localhost:8080@evil', 'local host', 'localhost:80:80', '', 'localhost:8080/x'])(
  'refuses %j as a host',
  (host) => {
    expect(readDestination(requestTo(host), local).kind).toBe('malformed')
  },
)

test('a target in absolute form that agrees with the host becomes a path', () => {
  const request = requestTo('abc.localhost:8080', 'http://ABC.localhost:8080/a?b=c')
  expect(readDestination(request, local)).toEqual({ kind: 'instance', label: 'abc' })
  expect(request.url).toBe('/a?b=c')
  const bare = requestTo('abc.localhost:8080', 'http://abc.localhost:8080?b=c')
  readDestination(bare, local)
  expect(bare.url).toBe('/?b=c')
})

test.each(['http://def.localhost:8080/', 'http://u:p@abc.localhost:8080/', 'ftp://abc.localhost:8080/', '*', 'x'])(
  'refuses the target %s at an instance',
  (target) => {
    expect(readDestination(requestTo('abc.localhost:8080', target), local).kind).toBe('malformed')
  },
)

test('serves the store at its host, with the path untouched', async () => {
  await using gateway = await openGateway()
  const answer = await gateway.fetch(`localhost:${gateway.port}`, '/api/apps?x=1')
  expect(answer.body).toBe('store: /api/apps?x=1')
})

test('names the right address at a host that is not ours', async () => {
  await using gateway = await openGateway()
  const answer = await gateway.fetch(`127.0.0.1:${gateway.port}`, '/')
  expect(answer.status).toBe(421)
  expect(answer.body).toContain(`<a href="http://localhost:${gateway.port}">`)
})

test.each([
  ['two Host headers', 'GET / HTTP/1.1\r\nConnection: close\r\nHost: a.localhost\r\nHost: b.localhost\r\n\r\n'],
  ['no Host header', 'GET / HTTP/1.1\r\n\r\n'],
  ['a host with a name before it', 'GET / HTTP/1.1\r\nConnection: close\r\nHost: x@localhost\r\n\r\n'],
  [
    'a handshake with two Host headers',
    'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ],
])('answers 400 to a request with %s', async (_name, text) => {
  await using gateway = await openGateway()
  expect(await readAll(gateway.raw(text))).toMatch(/^HTTP\/1.1 400 /)
})

test("sends an instance's path on the store's host to the instance's own", async () => {
  await using gateway = await openGateway()
  const answer = await gateway.fetch(`localhost:${gateway.port}`, '/instance/abc-1/x/y?q=1')
  expect(answer.status).toBe(307)
  expect(answer.headers.location).toBe(`http://abc-1.localhost:${gateway.port}/instance/abc-1/x/y?q=1`)
  const notOne = await gateway.fetch(`localhost:${gateway.port}`, '/instance/a@evil.example/x')
  expect(notOne.body).toBe('store: /instance/a@evil.example/x')
})
