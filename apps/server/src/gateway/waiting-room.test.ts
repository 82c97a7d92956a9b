import { expect, test } from 'vitest'
import type { GatewayInstance } from './ports.ts'
import { appOf, navigation, openGateway, until } from './testing/open-gateway.ts'

const nasty = '</title><script>alert(1)</script>"\'&\u202e'

async function openPending(change: Partial<GatewayInstance> = {}) {
  const gateway = await openGateway()
  const app = await gateway.deploy(
    appOf((_request, response) => response.end('app')),
    { status: 'PENDING', phase: 'installing', wantedSince: 5_000, usualStartMs: 6_400, ...change },
  )
  return { gateway, ...app }
}

test('a person who comes too early sees phase, time so far and the usual time', async () => {
  const { gateway, get } = await openPending()
  await using _ = gateway
  const answer = await get('/deep?a=1', { headers: navigation })
  expect(answer.status).toBe(503)
  expect(answer.headers['retry-after']).toBe('1')
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/)
  expect(answer.body).toContain('<title>Starting Churn explorer</title>')
  expect(answer.body).toMatch(/<p class="now" id="now" role="status">Installing what the app needs/)
  expect(answer.body).toMatch(
    /<li class="done">Fetching<\/li>\s*<li class="current" aria-current="step"[^>]*>Installing/,
  )
  expect(answer.body).toContain('>7 s</span>')
  expect(answer.body).toContain('usually 6 s')
  expect(answer.body).toContain(`href="http://localhost:${gateway.port}/instances/`)
  expect(answer.body).toContain('<noscript><meta http-equiv="refresh" content="2; url=/deep?a=1"></noscript>')
})

test('everything that the page links to is served from its own address, without a right', async () => {
  const { gateway, get, host } = await openPending()
  await using _ = gateway
  const { body } = await get('/', { headers: navigation })
  expect(body).not.toMatch(/<style|<script>|style="| on\w+=/)
  const paths = [...body.matchAll(/(?:href|src)="(\/_wave-store\/assets[^"]+)"/g)].map(([, path]) => path!)
  expect(paths).toHaveLength(3)
  for (const path of paths) {
    const asset = await gateway.fetch(host, path)
    expect(asset.status).toBe(200)
    expect(asset.headers['cache-control']).toContain('immutable')
  }
})

test('a program that comes too early is told to come again', async () => {
  const { gateway, get } = await openPending()
  await using _ = gateway
  const answer = await get('/api')
  expect(answer.status).toBe(503)
  expect(answer.headers['retry-after']).toBe('1')
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'unavailable', detail: 'The app is still starting.' })
  expect((await get('/', { method: 'POST', headers: navigation, body: '' })).headers['content-type']).toMatch(/problem/)
})

test('the status tells the step, and the log to those who may read it', async () => {
  const { gateway, get, instance } = await openPending()
  await using _ = gateway
  gateway.store.log = ['\u001b[32mgreen\u001b[0m', '<b>']
  const now = 'Installing what the app needs'
  const times = { elapsedMs: 7000, nextTryMs: null, usualMs: 6400 }
  const status = { status: 'PENDING', step: 2, phase: 'installing', now, note: '', ...times }
  expect(JSON.parse((await get('/_wave-store/status')).body)).toEqual(status)
  expect(JSON.parse((await get('/_wave-store/status?log=1')).body)).toEqual({ ...status, log: 'green\n<b>' })
  const other = gateway.store.issueTicket(instance.id, { readLogs: false })
  const headers = { cookie: `__Host-wave-ticket=${other}` }
  expect(JSON.parse((await get('/_wave-store/status?log=1', { headers })).body)).toEqual(status)
  expect((await get('/_wave-store/status', { headers: { cookie: '' } })).status).toBe(401)
  expect((await get('/', { headers: { ...navigation, ...headers } })).body).not.toContain('<details')
})

test('what an app said as it ended is for those who may read its log', async () => {
  const at = '2026-11-03T10:15:30.123Z'
  const failure = { reason: 'exited', message: 'KeyError: 4711-secret', exitCode: 1, at }
  const { gateway, get, instance } = await openPending({ phase: 'backing_off', failure, restarts: 1 })
  await using _ = gateway
  const other = gateway.store.issueTicket(instance.id, { readLogs: false })
  const headers = { ...navigation, cookie: `__Host-wave-ticket=${other}` }
  expect((await get('/_wave-store/status')).body).toContain('4711-secret')
  expect((await get('/_wave-store/status', { headers })).body).not.toContain('4711')
  const events = gateway.raw(
    `GET /_wave-store/events HTTP/1.1\r\nHost: ${gateway.hostOf(instance)}\r\nCookie: ${headers.cookie}\r\n\r\n`,
  )
  let told = ''
  events.on('data', (chunk) => (told += chunk))
  await until(() => /data: .*\n/.test(told))
  expect(told).toContain('The app ended by itself.')
  expect(told).not.toContain('4711')
  events.destroy()
  instance.status = 'FAILED'
  expect((await get('/', { headers: navigation })).body).toContain('4711-secret')
  const page = (await get('/', { headers })).body
  expect(page).toContain('The app ended by itself.')
  expect(page).not.toContain('4711')
})

test('the page gives way to the app at the same address as soon as it answers', async () => {
  const { gateway, get, instance } = await openPending()
  await using _ = gateway
  instance.status = 'DEPLOYED'
  instance.phase = 'running'
  expect(JSON.parse((await get('/_wave-store/status')).body)).toMatchObject({ status: 'DEPLOYED' })
  expect((await get('/', { headers: navigation })).body).toBe('app')
})

test('a failure page gives cause, remedy, exit code, log and owner, and stays', async () => {
  const { gateway, get, instance } = await openPending({
    status: 'FAILED',
    phase: 'exited',
    failure: {
      reason: 'out_of_memory',
      message: 'It needed more than 512 MiB.',
      exitCode: 137,
      at: '2026-11-03T10:15:30.123Z',
    },
  })
  await using _ = gateway
  gateway.store.log = Array.from({ length: 60 }, (_value, index) => `line ${index}`)
  const answer = await get('/', { headers: navigation })
  expect(answer.status).toBe(502)
  expect(answer.body).toContain('It needed more than 512 MiB.')
  expect(answer.body).toContain('raise MemoryLimit')
  expect(answer.body).toContain('<dd>137</dd>')
  expect(answer.body).toContain('2026-11-03 10:15:30 UTC')
  expect(answer.body).toContain('Grace Hopper')
  expect(answer.body).toContain('line 10\nline 11')
  expect(answer.body).not.toContain('line 9\n')
  expect(answer.body).toContain(`/instances/${instance.id}"`)
  expect(answer.body).not.toContain('http-equiv="refresh"')

  const other = gateway.store.issueTicket(instance.id, { readLogs: false })
  const headers = { ...navigation, cookie: `__Host-wave-ticket=${other}` }
  expect((await get('/', { headers })).body).not.toContain('line 10')
})

test('a reason that is not known gets the general advice, and an empty message the cause', async () => {
  const { gateway, get } = await openPending({
    status: 'FAILED',
    failure: { reason: 'constructor', message: '', exitCode: null, at: '2026-11-03T10:15:30.123Z' },
  })
  await using _ = gateway
  const { body } = await get('/', { headers: navigation })
  expect(body).toContain('The store could not start the app.')
  expect(body).not.toContain('Exit code')
})

test('whatever a title, an owner, a message or a log holds is text', async () => {
  const failure = { reason: 'exited', message: nasty, exitCode: 1, at: '2026-11-03T10:15:30.123Z' }
  const { gateway, get, instance } = await openPending({
    app: { title: nasty, hasIcon: false, ownerName: nasty },
    failure,
  })
  await using _ = gateway
  gateway.store.log = [nasty]
  for (const status of ['PENDING', 'FAILED'] as const) {
    instance.status = status
    const { body } = await get('/', { headers: navigation })
    expect(body).not.toContain('<script>alert')
    expect(body).toContain('&#60;script&#62;alert(1)')
  }
})

test('an icon is served as a picture that cannot run, and nothing else is', async () => {
  const { gateway, get } = await openPending({ app: { title: 'A', hasIcon: true, ownerName: 'B' } })
  await using _ = gateway
  expect((await get('/', { headers: navigation })).body).toContain('<img class="icon" src="/_wave-store/icon" alt=""')
  gateway.store.iconBytes = { mediaType: 'image/png', bytes: Buffer.from('png') }
  const icon = await get('/_wave-store/icon')
  expect(icon.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
  gateway.store.iconBytes = { mediaType: 'image/svg+xml', bytes: Buffer.from('<svg/>') }
  expect((await get('/_wave-store/icon')).status).toBe(404)
})

test('the reserved paths never reach an app', async () => {
  const { gateway, get, instance } = await openPending()
  await using _ = gateway
  instance.status = 'DEPLOYED'
  for (const path of ['/_wave-store/', '/_wave-store/anything', '/_wave-store/ticket']) {
    expect((await get(path)).body).not.toBe('app')
  }
})
