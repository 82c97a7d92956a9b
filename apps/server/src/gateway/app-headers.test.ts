import { expect, test } from 'vitest'
import { mirror, pairsOf, seen, valuesOf } from './testing/mirror-app.ts'
import { ada, appOf, openGateway } from './testing/open-gateway.ts'

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

test.each([
  [0, '6.6.6.6, 5.5.5.5', '127.0.0.1'],
  [1, '6.6.6.6, 5.5.5.5', '5.5.5.5'],
  [2, '6.6.6.6, 5.5.5.5', '6.6.6.6'],
  [1, 'evil\t5.5.5.5', '127.0.0.1'],
])('behind %i proxies of the operator’s, X-Forwarded-For %j becomes %s', async (proxyHops, header, address) => {
  await using gateway = await openGateway({ proxyHops })
  const { get } = await gateway.deploy(mirror())
  const { body } = await get('/', { headers: { 'x-forwarded-for': header, 'x-forwarded-proto': 'https' } })
  expect(valuesOf(body, 'x-forwarded-for')).toEqual([address])
  expect(valuesOf(body, 'x-forwarded-proto')).toEqual(['http'])
  expect(gateway.store.addresses).toContain(address)
})

test.each([
  ['__Host-wave-ticket=x; Path=/; Secure', []],
  ['__HOST-WAVE-ticket=x', []],
  [' \t__Host-wave-nonce=x', []],
  ['= __Host-wave-session=x', []],
  ['==__Host-wave-ticket=x', []],
  ['__Host-wave-new-one', []],
  ['a=1; domain=localhost', ['a=1']],
  ['a=1;DOMAIN\t=\tlocalhost;Path=/', ['a=1;Path=/']],
  ['a=1; Domain', ['a=1']],
  ['a=1; Domain=; Domain=localhost', ['a=1']],
  ['a=__Host-wave-ticket; Path=/', ['a=__Host-wave-ticket; Path=/']],
])('of Set-Cookie: %j of an app a browser gets %j', async (value, expected) => {
  await using gateway = await openGateway()
  const { get } = await gateway.deploy(
    appOf((_request, response) => response.writeHead(200, ['sEt-CoOkIe', value]).end()),
  )
  expect((await get('/')).headers['set-cookie'] ?? []).toEqual(expected)
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

test('an offer to upgrade to something else than a WebSocket is passed over', async () => {
  await using gateway = await openGateway()
  const { get } = await gateway.deploy(mirror())
  const { body } = await get('/', {
    headers: { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'x' },
  })
  expect(seen(body).headers.map(([name]) => name)).not.toContain('upgrade')
})
