import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { mirror, seen } from './testing/mirror-app.ts'
import { type Answer, ada, navigation, openGateway } from './testing/open-gateway.ts'

async function openPublic(limits = {}) {
  const gateway = await openGateway(limits)
  const app = mirror()
  new WebSocketServer({ server: app })
  const deployed = await gateway.deploy(app)
  gateway.store.publicInstances.add(deployed.instance.id)
  return { gateway, ...deployed }
}

test('at a PUBLIC instance nobody has to sign in, and the app is told of nobody', async () => {
  const { gateway, host, instance, socket } = await openPublic()
  await using _ = gateway
  for (const method of ['GET', 'POST']) {
    const answer = await gateway.fetch(host, '/x?y=1', { method, headers: { ...navigation, 'wave-user-id': 'admin' } })
    expect(answer.status).toBe(200)
    const names = seen(answer.body).headers.map(([name]) => name)
    expect(names.filter((name) => /^wave-/.test(name))).toEqual(['wave-instance-id'])
  }
  const anonymous = socket('/', { headers: { cookie: '' } })
  await once(anonymous, 'open')
  anonymous.terminate()
  expect(instance.status).toBe('DEPLOYED')
})

test('at a PUBLIC instance somebody with a ticket is still known', async () => {
  const { gateway, get } = await openPublic()
  await using _ = gateway
  expect(Object.fromEntries(seen((await get('/')).body).headers)).toMatchObject({ 'wave-user-id': ada.id })
})

test('at a PUBLIC instance that is starting, nobody in particular waits without its log', async () => {
  const { gateway, host, instance } = await openPublic()
  await using _ = gateway
  Object.assign(instance, { status: 'PENDING', phase: 'starting' })
  gateway.store.log = ['a line of the log']
  const page = await gateway.fetch(host, '/', { headers: navigation })
  expect(page.status).toBe(503)
  expect(page.body).not.toContain('a line of the log')
  const status = await gateway.fetch(host, '/_wave-store/status?log=1')
  expect(JSON.parse(status.body)).not.toHaveProperty('log')
})

test('a page of a PUBLIC instance may offer to sign in, and gets the person back', async () => {
  const { gateway, host, instance, cookie } = await openPublic()
  await using _ = gateway
  const offered = '/_wave-store/sign-in?return_to=%2Fdeep%3Fa%3D1'
  const leaving = await gateway.fetch(host, offered, { headers: navigation })
  const entrance = new URL(leaving.headers.location!)
  expect(entrance.pathname).toBe('/auth/instance')
  expect(entrance.searchParams.get('return_to')).toBe('/deep?a=1')
  const nonce = leaving.headers['set-cookie']![0]!.split(';')[0]!
  const code = gateway.store.issueCode(instance.id, entrance.searchParams.get('nonce')!)
  const back = `/_wave-store/ticket?${new URLSearchParams({ code, return_to: '/deep?a=1' })}`
  const entered = await gateway.fetch(host, back, { headers: { ...navigation, cookie: nonce } })
  expect(entered.headers.location).toBe(`http://${host}/deep?a=1`)
  expect(entered.headers['set-cookie']![0]).toMatch(/^__Host-wave-ticket=/)

  const known = await gateway.fetch(host, offered, { headers: { ...navigation, cookie } })
  expect(known.headers.location).toBe(`http://${host}/deep?a=1`)
  const evil = '/_wave-store/sign-in?return_to=%2F%2Fevil.example'
  const led = await gateway.fetch(host, evil, { headers: { ...navigation, cookie } })
  expect(led.headers.location).toBe(`http://${host}/`)
})

test.each([
  ['a person', navigation, 302],
  ['a program', { accept: '*/*' }, 401],
  ['a frame', { ...navigation, 'sec-fetch-dest': 'iframe' }, 401],
  ['a person with a ticket that is none', { ...navigation, cookie: '__Host-wave-ticket=forged' }, 302],
])('%s at an id that is not there is answered as at one that is not open to all', async (_name, headers, status) => {
  await using gateway = await openGateway()
  const { host, instance } = await gateway.deploy(mirror())
  const missing = '00000000-0000-4000-8000-000000000000'
  const hidden = await gateway.fetch(host, '/a?b=1', { headers })
  const unknown = await gateway.fetch(`${missing}.localhost:${gateway.port}`, '/a?b=1', { headers })
  expect(hidden.status).toBe(status)
  expect(comparable(unknown, missing)).toEqual(comparable(hidden, instance.id))
})

/** An answer without what is made anew for each. */
function comparable({ status, headers, body }: Answer, id: string) {
  const { date: _, ...kept } = headers
  const text = JSON.stringify({ status, headers: kept, body }).replaceAll(id, '<id>')
  return text.replaceAll(/requestId[^,]+|nonce=[\w-]+/g, '')
}
