import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { LogReader } from './log-reader.ts'

const log = { instanceId: '7d9f2c1e-0000-4000-8000-000000000000', process: 'current' } as const
const fetchAny = globalThis.fetch
afterEach(() => vi.unstubAllGlobals())

/** Reads from a store whose answers are these, one after the other: cut off, but for the last. */
async function linesAfter(source: 'all' | 'app', answers: ((offset: number) => string)[]): Promise<readonly string[]> {
  let asked = 0
  const server = createServer((request, response) => {
    const offset = Number(new URL(request.url!, 'http://store').searchParams.get('offset'))
    answer(response, answers[asked]!(offset), ++asked === answers.length)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => fetchAny(`${origin}${path}`, init))
  const reader = new LogReader({ ...log, source }, 1)
  const isOver = new AbortController()
  await reader.read(true, () => reader.state.kind === 'ended' && isOver.abort(), isOver.signal)
  server.close()
  return reader.buffer.snapshot().lines
}

function answer(response: ServerResponse, text: string, isLast: boolean): void {
  response.setHeader('Content-Length', text.length + (isLast ? 0 : 1))
  response.write(text, () => (isLast ? response.end() : response.destroy()))
}

it('goes on after a lost connection at the byte where it was', async () => {
  const written = 'one\ntwo\nthree\n'
  const lines = await linesAfter('all', [() => written.slice(0, 6), (offset) => written.slice(offset)])
  expect(lines).toEqual(['one', 'two', 'three'])
})

it('shows each line once when some were dropped before', async () => {
  const notice = '# runtime: the log grew too long: 1000 bytes were dropped here\n'
  const lines = await linesAfter('all', [
    () => `${notice}one\ntwo\n`,
    (offset) => (offset === 0 ? `${notice}one\ntwo\nthree\n` : 'a line in the middle\n'),
  ])
  expect(lines).toEqual([notice.trim(), 'one', 'two', 'three'])
})

it('shows each line once when only some are asked for', async () => {
  const lines = await linesAfter('app', [
    () => 'one\n',
    (offset) => (offset === 0 ? 'one\ntwo\n' : 'a line in the middle\n'),
  ])
  expect(lines).toEqual(['one', 'two'])
})
