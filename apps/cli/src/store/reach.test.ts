import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { NoAnswer, reach } from './reach.ts'

const timeoutMs = 100

let server: Server | undefined
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  vi.useRealTimers()
  server?.closeAllConnections()
  server?.close()
})

/** Answers once it has read all, after `lookMs`. */
const after =
  (lookMs: number): RequestListener =>
  (request, response) => {
    request.resume().on('end', () => {
      vi.advanceTimersByTime(lookMs)
      response.end('read')
    })
  }

/** Sends so many pieces, with so long between them. */
async function send(
  listener: RequestListener,
  { pieces, pauseMs, bytes = 1 }: { pieces: number; pauseMs: number; bytes?: number },
) {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  let sent = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent++ === pieces) return controller.close()
        vi.advanceTimersByTime(pauseMs)
        controller.enqueue(new Uint8Array(bytes))
      },
    },
    { highWaterMark: 0 },
  )
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const init = { method: 'POST', body, duplex: 'half' } as RequestInit
  return (await reach(url, init, timeoutMs)).text()
}

it('waits for each piece of a body, and not for all of them together', async () => {
  expect(await send(after(0), { pieces: 20, pauseMs: 80 })).toBe('read')
  await expect(send(after(0), { pieces: 2, pauseMs: 120 })).rejects.toBeInstanceOf(NoAnswer)
})

it('waits longer for the answer to much than for one to little', async () => {
  expect(await send(after(900), { pieces: 10, pauseMs: 0, bytes: 100_000 })).toBe('read')
  await expect(send(after(900), { pieces: 1, pauseMs: 0 })).rejects.toBeInstanceOf(NoAnswer)
})
