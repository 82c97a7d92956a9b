import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestStore, type TestPerson, type TestStore } from './testing/test-store.ts'

let store: TestStore
let admin: TestPerson
beforeAll(async () => {
  store = await startTestStore()
  admin = await store.as('admin')
})
afterAll(() => store[Symbol.asyncDispose]())

/** Sends bytes as they are, which no client library would. */
async function raw(target: string, { method = 'GET', headers = [] as string[], body = '' } = {}) {
  const { host, port } = new URL(store.origin)
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers]
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
  const answer = await text(socket)
  return { status: Number(answer.split(' ', 2)[1]), answer }
}

describe('no other way of writing the address', () => {
  const spellings = [
    '/API/accounts',
    '//api/accounts',
    '/api//accounts',
    '/api%2faccounts',
    '/api/%61ccounts',
    '/./api/accounts',
    '/x/../api/accounts',
    '/api/accounts/',
    '/api/accounts;x=1',
    '/api/accounts%00',
    '/%61pi/accounts',
    'HTTP://localhost/api/accounts',
  ]
  it.each(spellings)('gets %s anything of the accounts without signing in', async (target) => {
    const { status, answer } = await raw(target.replace('localhost', new URL(store.origin).host))
    expect(answer).not.toContain('oneTimePassword')
    expect(answer).not.toContain('"username"')
    expect(status).toBeLessThan(500)
  })

  it.each(spellings)('writes by %s from another site', async (target) => {
    const body = JSON.stringify({ username: 'mallory', name: 'Mallory', email: '', roles: ['admin'] })
    const { status } = await raw(target.replace('localhost', new URL(store.origin).host), {
      method: 'POST',
      headers: [
        `Cookie: ${admin.cookies}`,
        'Origin: http://evil.example',
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
      ],
      body,
    })
    expect([400, 403, 404, 405]).toContain(status)
    expect((await admin.client.listAccounts()).items).toEqual([])
  })
})

describe('a page of another site', () => {
  const body = JSON.stringify({ username: 'mallory', name: 'Mallory', email: '', roles: ['admin'] })
  it.each([
    ['says null', ['Origin: null']],
    ['says it twice', [`Origin: http://evil.example`, `Origin: STORE`]],
    ['adds a slash', ['Origin: STORE/']],
    ['hides behind Sec-Fetch-Site', ['Origin: STORE', 'Sec-Fetch-Site: same-site']],
    ['says nothing but that it is another one', ['Sec-Fetch-Site: cross-site']],
    ['sends text', ['Content-Type: text/plain', 'Origin: http://evil.example']],
  ])('that %s changes nothing', async (_what, headers) => {
    const { status } = await raw('/api/accounts', {
      method: 'POST',
      headers: [
        `Cookie: ${admin.cookies}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        ...headers.map((line) => line.replace('STORE', store.origin)),
      ],
      body,
    })
    expect(status).toBe(403)
  })

  it.each(['X-HTTP-Method-Override: POST', 'X-HTTP-Method: DELETE', 'X-Method-Override: POST'])(
    'makes no write of a GET by %s',
    async (header) => {
      const { status, answer } = await raw('/api/accounts?_method=POST', {
        headers: [`Cookie: ${admin.cookies}`, header],
      })
      expect([status, answer]).toEqual([200, expect.stringContaining('"items":[]')])
    },
  )
})

describe('a header of authorization', () => {
  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Basic eDp5',
    'Bearer x, Bearer y',
    'bearer\twave_x',
    'Bearer null',
    'Bearer wave_',
    `Bearer ${'a'.repeat(9000)}`,
    'Bearer __proto__',
    'Bearer constructor',
  ])('of %j is refused, with a session beside it too', async (value) => {
    for (const cookie of ['', `Cookie: ${admin.cookies}`]) {
      const { status } = await raw('/api/session', {
        headers: [`Authorization: ${value}`, ...(cookie ? [cookie] : [])],
      })
      expect(status).toBe(401)
    }
  })
})

describe('a body', () => {
  const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times)
  it.each([
    ['nested arrays', deep('[', ']', 400_000)],
    ['nested objects', deep('{"a":', '}', 100_000).replace('}', '1}')],
    ['arrays in a field', `{"username":"x","name":"x","email":"","roles":${deep('[', ']', 200_000)}}`],
    ['a list for a text', '{"username":["a"],"name":{"toString":1},"email":[]}'],
    ['nothing', ''],
    ['null', 'null'],
    ['a text', '"x"'],
    ['a byte that is no UTF-8', '{"username":"\xff\xfe"}'],
    ['a lone surrogate', '{"username":"\\ud800","name":"x","email":""}'],
    ['a huge number', `{"username":${'9'.repeat(10_000)}}`],
  ])('of %s is refused as what it is', async (_what, body) => {
    const response = await admin.fetch('/api/accounts', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(400)
    await response.arrayBuffer()
  })

  it('teaches no object anything', async () => {
    const body = '{"name":"polluted","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}'
    const response = await admin.fetch('/api/tags', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(400)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json-patch+json',
    '',
  ])('of the type %j is not read as JSON', async (type) => {
    const body = '{"username":"typed","name":"x","email":""}'
    const response = await admin.fetch('/api/accounts', {
      method: 'POST',
      body,
      headers: type ? { 'content-type': type } : {},
    })
    expect(response.status).toBe(400)
  })
})
