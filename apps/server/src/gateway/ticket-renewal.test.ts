import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { mirror } from './testing/mirror-app.ts'
import { navigation, openGateway } from './testing/open-gateway.ts'
import { TicketRenewals } from './ticket-renewals.ts'

async function openAging() {
  const gateway = await openGateway()
  const app = mirror()
  new WebSocketServer({ server: app })
  const deployed = await gateway.deploy(app)
  gateway.store.agingTickets.add(deployed.ticket)
  return { gateway, ...deployed }
}

test('a page opened with an aging ticket comes back to path and query with a fresh one', async () => {
  const { gateway, get, host, instance, cookie, ticket } = await openAging()
  await using _ = gateway
  const leaving = await get('/deep?a=1&b=%20x', { headers: navigation })
  expect(leaving.status).toBe(302)
  const entrance = new URL(leaving.headers.location!)
  expect(Object.fromEntries(entrance.searchParams)).toMatchObject({ prompt: 'none', return_to: '/deep?a=1&b=%20x' })

  const nonce = leaving.headers['set-cookie']![0]!.split(';')[0]!
  const code = gateway.store.issueCode(instance.id, entrance.searchParams.get('nonce')!)
  const back = `/_wave-store/ticket?${new URLSearchParams({ code, return_to: '/deep?a=1&b=%20x' })}`
  const renewed = await get(back, { headers: { ...navigation, cookie: `${cookie}; ${nonce}` } })
  expect(renewed.headers.location).toBe(`http://${host}/deep?a=1&b=%20x`)
  const fresh = renewed.headers['set-cookie']![0]!.split(';')[0]!
  expect(fresh).toMatch(/^__Host-wave-ticket=/)
  expect(fresh).not.toContain(ticket)
  expect((await get('/deep', { headers: { ...navigation, cookie: fresh } })).status).toBe(200)
})

test('a store that gives no code leaves the person where they were, with the ticket that they have', async () => {
  const { gateway, get, host } = await openAging()
  await using _ = gateway
  expect((await get('/deep?a=1', { headers: navigation })).status).toBe(302)
  const back = await get('/_wave-store/ticket?return_to=%2Fdeep%3Fa%3D1', { headers: navigation })
  expect(back.headers.location).toBe(`http://${host}/deep?a=1`)
  expect(back.headers['set-cookie']).toBeUndefined()
  for (let round = 0; round < 3; round += 1) expect((await get('/deep?a=1', { headers: navigation })).status).toBe(200)
})

test('what is no page goes on with the aging ticket', async () => {
  const { gateway, get, socket } = await openAging()
  await using _ = gateway
  const script = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }
  expect((await get('/api', { headers: script })).status).toBe(200)
  expect(
    (await get('/form', { method: 'POST', headers: { ...navigation, 'sec-fetch-site': 'same-origin' } })).status,
  ).toBe(200)
  expect(
    (await get('/frame', { headers: { ...navigation, 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'same-origin' } }))
      .status,
  ).toBe(200)
  const open = socket('/')
  await once(open, 'open')
  open.terminate()
})

test('a ticket is sent for a fresh one once in ten minutes, and few are remembered', () => {
  const renewals = new TicketRenewals()
  const minute = 60_000
  expect([0, 1, 9 * minute, 10 * minute, 11 * minute].map((now) => renewals.begin('a', now))).toEqual([
    true,
    false,
    false,
    true,
    false,
  ])
  for (let index = 0; index < 10_001; index += 1) renewals.begin(`other ${index}`, 12 * minute)
  expect(renewals.begin('a', 12 * minute)).toBe(true)
})
