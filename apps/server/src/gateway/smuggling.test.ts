import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { appOf, openGateway, readAll } from './testing/open-gateway.ts'

const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n'

test.each([
  ['both lengths', `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['both lengths the other way round', `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${hidden}`],
  ['two lengths', `Content-Length: 0\r\nContent-Length: 38\r\n\r\n${hidden}`],
  ['a list of lengths', `Content-Length: 0, 38\r\n\r\n${hidden}`],
  ['a length with a sign', `Content-Length: +0\r\n\r\n${hidden}`],
  ['a length in another base', `Content-Length: 0x0\r\n\r\n${hidden}`],
  ['a coding after chunked', `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`],
  ['two codings', `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`],
  ['a blank before the colon', `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a tab before the value', `Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a folded coding', `Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a line that ends in a bare CR', `X: a\rTransfer-Encoding: chunked\r\n\r\n${hidden}`],
  ['a NUL in a header', `X: a\0b\r\n\r\n${hidden}`],
])('a request with %s is 400, and nothing behind it is read as another', async (_name, rest) => {
  const { answer, reached } = await sent(rest)
  expect(answer).toMatch(/^HTTP\/1.1 400 /)
  expect(reached).toEqual([])
})

test.each([
  ['a coding that hides another', `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a chunk size with a sign', `Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n${hidden}`],
  ['a chunk that is longer than it says', `Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n${hidden}`],
])('a request that breaks off into %s is cut off, and nothing behind it is read as another', async (_name, rest) => {
  const { answer, reached } = await sent(rest)
  expect(answer).toMatch(/^$|^HTTP\/1.1 400 /)
  expect(reached).not.toContain('/hidden')
})

/** What comes back for a request of which only the rest is odd, and which paths its app saw. */
async function sent(rest: string): Promise<{ answer: string; reached: string[] }> {
  await using gateway = await openGateway()
  const reached: string[] = []
  const app = appOf((request, response) => {
    reached.push(request.url!)
    request.on('error', () => {}).resume()
    request.on('end', () => response.end())
  })
  const { host, cookie } = await gateway.deploy(app)
  const socket = gateway.raw(`POST /seen HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n${rest}`)
  return { answer: await readAll(socket), reached }
}

test('a cookie jar that a sibling has filled is answered with what to do, not with a reset', async () => {
  await using gateway = await openGateway()
  const socket = connect({ port: gateway.localPort, host: '127.0.0.1' })
  socket.on('error', () => {})
  const jar = Array.from({ length: 180 }, (_, index) => `c${index}=${'x'.repeat(4000)}`).join('; ')
  socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nCookie: ${jar}\r\n\r\n`)
  const text = await readAll(socket)
  expect(text).toMatch(/^HTTP\/1.1 431 /)
  expect(text).toContain('Delete the cookies of this site')
  expect(text).not.toContain('xxxx')
})
