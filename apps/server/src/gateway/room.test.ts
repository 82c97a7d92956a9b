import { once } from 'node:events'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { GatewayInstance } from './ports.ts'
import {
  appOf,
  type Deployed,
  navigation,
  openGateway,
  readAll,
  type TestGateway,
  until,
} from './testing/open-gateway.ts'

const failure = { reason: 'exited', message: 'Exit code 3.', exitCode: 3, at: '2026-11-03T10:15:30.123Z' }

async function openPending(change: Partial<GatewayInstance> = {}) {
  const gateway = await openGateway({ roomMs: 20 })
  const app = await gateway.deploy(
    appOf((_request, response) => response.end('app')),
    { status: 'PENDING', phase: 'queued', ...change },
  )
  return { gateway, ...app, app }
}

/** Every event that a page is told. */
function follow(gateway: TestGateway, { host, cookie }: Deployed, query = '') {
  const socket = gateway.raw(`GET /_wave-store/events${query} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  const events = () => [...text.matchAll(/data: (\{.*\})\n\n/g)].map(([, json]) => JSON.parse(json!))
  return { socket, events, head: () => text }
}

test('a page is told of every step as it happens, and of each once', async () => {
  const { gateway, app, instance } = await openPending({ usualStartMs: 6_400, wantedSince: 11_000 })
  await using _ = gateway
  const page = follow(gateway, app)
  await until(() => page.events().length === 1)
  expect(page.head()).toMatch(/^HTTP\/1.1 200 .*content-type: text\/event-stream.*cache-control: no-store/is)
  expect(page.events()[0]).toEqual({
    status: 'PENDING',
    phase: 'queued',
    step: 0,
    now: 'Waiting for its turn',
    note: '',
    usualMs: 6_400,
    elapsedMs: 1_000,
    nextTryMs: null,
  })
  instance.queue = { position: 2, reason: 'starts', message: 'Another instance is starting.' }
  await until(() => page.events().length === 2)
  expect(page.events()[1].note).toBe('One other is before it. Another instance is starting.')
  Object.assign(instance, { queue: null, phase: 'backing_off', failure, nextStartAt: 15_000 })
  await until(() => page.events().length === 3)
  expect(page.events()[2]).toMatchObject({ note: 'It ended: Exit code 3.', nextTryMs: 3_000 })
  instance.status = 'DEPLOYED'
  await until(() => page.events().length === 4)
  expect(page.events()[3].status).toBe('DEPLOYED')
  page.socket.destroy()
})

test('a hint of a change is followed at once', async () => {
  const gateway = await openGateway({ roomMs: 60_000 })
  await using _ = gateway
  const app = await gateway.deploy(
    appOf(() => {}),
    { status: 'PENDING' },
  )
  const page = follow(gateway, app)
  await until(() => page.events().length === 1)
  app.instance.phase = 'installing'
  for (const listener of gateway.store.listeners.get(app.instance.id)!) listener()
  await until(() => page.events().length === 2)
  page.socket.destroy()
  await until(() => gateway.store.listeners.get(app.instance.id)!.size === 0)
})

test('the log goes to those who may read it and look at it', async () => {
  const { gateway, app, instance } = await openPending()
  await using _ = gateway
  gateway.store.log = ['\u001b[32mgreen\u001b[0m']
  const reader = follow(gateway, app, '?log=1')
  const other = gateway.store.issueTicket(instance.id, { readLogs: false })
  const stranger = follow(gateway, { ...app, cookie: `__Host-wave-ticket=${other}` }, '?log=1')
  const folded = follow(gateway, app)
  await until(() => reader.events().length === 1)
  expect(reader.events()[0].log).toBe('green')
  gateway.store.log = ['green', 'blue']
  await until(() => reader.events().length === 2)
  expect(reader.events()[1].log).toBe('green\nblue')
  expect([...stranger.events(), ...folded.events()].map(({ log }) => log)).toEqual([undefined, undefined])
  for (const { socket } of [reader, stranger, folded]) socket.destroy()
})

test('who loses the right is cut off, and nobody without one is let in', async () => {
  const { gateway, app, ticket, get } = await openPending()
  await using _ = gateway
  expect((await get('/_wave-store/events', { headers: { cookie: '' } })).status).toBe(401)
  const page = follow(gateway, app)
  await until(() => page.events().length === 1)
  gateway.store.refusedTickets.add(ticket)
  await readAll(page.socket)
  expect((await get('/_wave-store/events')).status).toBe(404)
})

test('a page that reads nothing is skipped, and has the latest state when it reads on', async () => {
  const { gateway, app, instance } = await openPending()
  await using _ = gateway
  const page = follow(gateway, app, '?log=1')
  await until(() => page.events().length === 1)
  page.socket.pause()
  const before = process.memoryUsage().arrayBuffers
  for (let round = 0; round < 40; round += 1) {
    gateway.store.log = Array.from({ length: 50 }, () => String(round).repeat(1_000))
    instance.queue = { position: round + 2, reason: 'starts', message: 'x'.repeat(200_000) }
    for (const listener of gateway.store.listeners.get(instance.id)!) listener()
    const { finds } = gateway.store
    await until(() => gateway.store.finds > finds)
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20)
  page.socket.resume()
  instance.queue = { position: 1, reason: 'starts', message: 'The last.' }
  await until(() => page.events().at(-1)?.note === 'It is the next one. The last.')
  page.socket.destroy()
})

test('two thousand pages that wait leave nothing behind', async () => {
  const { gateway, app, instance } = await openPending()
  await using _ = gateway
  const sockets: Socket[] = []
  for (let index = 0; index < 2_000; index += 1) sockets.push(follow(gateway, app).socket)
  const connections = () => new Promise<number>((done) => gateway.server.getConnections((_e, count) => done(count)))
  await until(async () => (await connections()) === 2_000)
  for (const socket of sockets) socket.destroy()
  await until(async () => (await connections()) === 0)
  await until(() => gateway.store.listeners.get(instance.id)!.size === 0)
})

test('a gateway that closes ends its streams at once', async () => {
  const { gateway, app } = await openPending()
  const page = follow(gateway, app)
  await until(() => page.events().length === 1)
  const ended = once(page.socket, 'close')
  await gateway[Symbol.asyncDispose]()
  await ended
})

test('a page of a crashed app tells its cause and when it is started again, and a failed one starts nothing', async () => {
  const { gateway, get, instance } = await openPending({ phase: 'backing_off', failure, nextStartAt: 15_000 })
  await using _ = gateway
  const page = await get('/deep', { headers: navigation })
  expect(page.status).toBe(503)
  expect(page.body).toContain('It ended, and is started again')
  expect(page.body).toMatch(/<p class="note" id="note" role="status">It ended: Exit code 3\.</)
  expect(page.body).toContain('again in 3 s')
  instance.status = 'FAILED'
  expect((await get('/deep', { headers: navigation })).status).toBe(502)
  expect(gateway.store.woken).toEqual([])
})
