import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { appOf, navigation, openGateway, type TestGateway } from './testing/open-gateway.ts'

const cookieOf = (header: string[] | undefined, name: string) =>
  header?.find((cookie) => cookie.startsWith(`${name}=`))?.split(';')[0]

async function openDeployed() {
  const gateway = await openGateway()
  const app = await gateway.deploy(appOf((request, response) => response.end(`app: ${request.url}`)))
  return { gateway, ...app }
}

/** What the store does with a browser that the gateway sent to it. */
function enterStore(gateway: TestGateway, location: string) {
  const url = new URL(location)
  const code = gateway.store.issueCode(url.searchParams.get('instance')!, url.searchParams.get('nonce')!)
  return `/_wave-store/ticket?${new URLSearchParams({ code, return_to: url.searchParams.get('return_to')! })}`
}

test('a visit without a ticket goes through the store and comes back to path and query with a ticket', async () => {
  const { gateway, host, instance } = await openDeployed()
  await using _ = gateway
  const first = await gateway.fetch(host, '/deep/link?a=1&b=%20x', { headers: navigation })
  expect(first.status).toBe(302)
  const url = new URL(first.headers.location!)
  expect(url.origin + url.pathname).toBe(`http://localhost:${gateway.port}/auth/instance`)
  expect(url.searchParams.get('instance')).toBe(instance.id)
  expect(url.searchParams.get('return_to')).toBe('/deep/link?a=1&b=%20x')
  expect(first.headers['set-cookie']![0]).toMatch(
    /^__Host-wave-nonce=[\w-]{22}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/,
  )

  const nonce = cookieOf(first.headers['set-cookie'], '__Host-wave-nonce')!
  const back = enterStore(gateway, url.href)
  const second = await gateway.fetch(host, back, { headers: { ...navigation, cookie: nonce } })
  expect(second.status).toBe(302)
  expect(second.headers.location).toBe(`http://${host}/deep/link?a=1&b=%20x`)
  expect(second.headers['cache-control']).toBe('no-store')
  expect(second.headers['set-cookie']).toEqual([
    expect.stringMatching(/^__Host-wave-ticket=[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Lax$/),
    '__Host-wave-nonce=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0',
  ])

  const ticket = cookieOf(second.headers['set-cookie'], '__Host-wave-ticket')!
  const third = await gateway.fetch(host, '/deep/link?a=1&b=%20x', { headers: { ...navigation, cookie: ticket } })
  expect(third.body).toBe('app: /deep/link?a=1&b=%20x')
})

test('two tabs that sign in side by side share one nonce, and the slower one needs no code', async () => {
  const { gateway, host } = await openDeployed()
  await using _ = gateway
  const first = await gateway.fetch(host, '/one', { headers: navigation })
  const nonce = cookieOf(first.headers['set-cookie'], '__Host-wave-nonce')!
  const second = await gateway.fetch(host, '/two', { headers: { ...navigation, cookie: nonce } })
  expect(cookieOf(second.headers['set-cookie'], '__Host-wave-nonce')).toBe(nonce)

  const one = enterStore(gateway, first.headers.location!)
  const two = enterStore(gateway, second.headers.location!)
  const signedIn = await gateway.fetch(host, one, { headers: { ...navigation, cookie: nonce } })
  const cookie = cookieOf(signedIn.headers['set-cookie'], '__Host-wave-ticket')!
  const late = await gateway.fetch(host, two, { headers: { ...navigation, cookie } })
  expect(late.headers.location).toBe(`http://${host}/two`)
})

test('a refused code starts sign-in once more, then ends in a page instead of a loop', async () => {
  const { gateway, host } = await openDeployed()
  await using _ = gateway
  const used = await gateway.fetch(host, '/_wave-store/ticket?code=used&return_to=%2Fdeep%3Fa%3D1', {
    headers: navigation,
  })
  expect(used.status).toBe(302)
  const again = new URL(used.headers.location!)
  expect(again.pathname).toBe('/auth/instance')

  const back = enterStore(gateway, again.href)
  const withoutCookies = await gateway.fetch(host, back, { headers: navigation })
  expect(withoutCookies.status).toBe(403)
  expect(withoutCookies.body).toContain('Allow cookies')
  expect(withoutCookies.body).toContain(`href="http://${host}/deep?a=1"`)

  const nonce = cookieOf(used.headers['set-cookie'], '__Host-wave-nonce')!
  const withCookies = await gateway.fetch(host, enterStore(gateway, again.href), {
    headers: { ...navigation, cookie: nonce },
  })
  expect(withCookies.headers.location).toBe(`http://${host}/deep?a=1`)
})

test('a code that comes without a nonce is used up, since the address of the page that fails shows it', async () => {
  const { gateway, host, instance } = await openDeployed()
  await using _ = gateway
  const nonce = 'n'.repeat(22)
  const code = gateway.store.issueCode(instance.id, createHash('sha256').update(nonce).digest('base64url'))
  const query = new URLSearchParams({ code, return_to: '/_wave-store/second-try?to=/' })
  const failed = await gateway.fetch(host, `/_wave-store/ticket?${query}`, { headers: navigation })
  expect(failed.status).toBe(403)
  const stolen = await gateway.fetch(host, `/_wave-store/ticket?code=${code}&return_to=/`, {
    headers: { ...navigation, cookie: `__Host-wave-nonce=${nonce}` },
  })
  expect(cookieOf(stolen.headers['set-cookie'], '__Host-wave-ticket')).toBeUndefined()
})

test("a link with somebody else's code signs nobody in", async () => {
  const { gateway, host, instance } = await openDeployed()
  await using _ = gateway
  const code = gateway.store.issueCode(instance.id, 'the hash of another nonce')
  const mine = await gateway.fetch(host, '/', { headers: navigation })
  const nonce = cookieOf(mine.headers['set-cookie'], '__Host-wave-nonce')!
  const answer = await gateway.fetch(host, `/_wave-store/ticket?code=${code}&return_to=/`, {
    headers: { ...navigation, cookie: nonce },
  })
  expect(cookieOf(answer.headers['set-cookie'], '__Host-wave-ticket')).toBeUndefined()
})

test.each(['//evil.example/', '/\\evil.example/', 'https://evil.example/', '/\t/evil.example', 'evil', '/a\r\nX: y'])(
  'sign-in does not lead to %j',
  async (returnTo) => {
    const { gateway, host, instance } = await openDeployed()
    await using _ = gateway
    const first = await gateway.fetch(host, '/', { headers: navigation })
    const nonce = cookieOf(first.headers['set-cookie'], '__Host-wave-nonce')!
    const code = gateway.store.issueCode(instance.id, new URL(first.headers.location!).searchParams.get('nonce')!)
    const query = new URLSearchParams({ code, return_to: returnTo })
    const answer = await gateway.fetch(host, `/_wave-store/ticket?${query}`, {
      headers: { ...navigation, cookie: nonce },
    })
    expect(answer.headers.location).toBe(`http://${host}/`)
  },
)

test.each([
  ['a script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
  ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image', accept: 'image/*' }],
  ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe', accept: 'text/html' }],
  ['a program', { accept: '*/*' }],
])('%s without a ticket is answered 401 with a problem', async (_name, headers) => {
  const { gateway, host } = await openDeployed()
  await using _ = gateway
  const answer = await gateway.fetch(host, '/', { headers })
  expect(answer.status).toBe(401)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(JSON.parse(answer.body)).toMatchObject({ status: 401, code: 'unauthenticated' })
})

test('somebody known who may not know of an instance is told that there is none', async () => {
  const { gateway, host, ticket, cookie } = await openDeployed()
  await using _ = gateway
  gateway.store.refusedTickets.add(ticket)
  const page = await gateway.fetch(host, '/', { headers: { ...navigation, cookie } })
  expect(page).toMatchObject({ status: 404, body: expect.stringContaining('There is no such instance') })
  const problem = await gateway.fetch(host, '/', { headers: { accept: '*/*', cookie } })
  expect(JSON.parse(problem.body)).toMatchObject({ status: 404, code: 'not_found' })
})

test('a ticket sent along by a page of another origin is not looked at', async () => {
  const { gateway, get } = await openDeployed()
  await using _ = gateway
  const sibling = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
  expect((await get('/', { headers: sibling })).status).toBe(401)
  const form = { ...navigation, 'sec-fetch-site': 'same-site' }
  expect((await get('/', { method: 'POST', headers: form, body: 'a=1' })).status).toBe(401)
  expect((await get('/', { headers: { origin: 'http://evil.localhost' } })).status).toBe(401)
  expect((await get('/', { headers: { ...sibling, 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
  expect((await get('/', { headers: { ...navigation, 'sec-fetch-site': 'cross-site' } })).status).toBe(200)
})

test('a store that cannot say who may open an instance lets nobody in', async () => {
  const { gateway, get } = await openDeployed()
  await using _ = gateway
  gateway.store.isDown = true
  const answer = await get('/')
  expect(answer.status).toBe(503)
  expect(answer.headers['retry-after']).toBe('2')
  expect((await get('/', { headers: navigation })).body).toContain('The store is in trouble')
})

const ownSignIn = {
  cookie: 'oidcsession',
  callbackPath: '/instance/x/_auth/callback',
  signOutPath: '/instance/x/_auth/logout',
  endSessionUrl: 'http://localhost:8080/auth/end-session',
}

test('what a Wave server knew a browser by ends with sign-in and sign-out at its address', async () => {
  await using gateway = await openGateway()
  const reached: string[] = []
  const app = appOf((request, response) => response.end(reached.push(request.url!)))
  const change = { ownSignIn, basePath: '/instance/x/' }
  const { cookie, host, get } = await gateway.deploy(app, change)
  const gone = 'oidcsession=; Path=/instance/x/; Max-Age=0'
  const signIn = async (path: string) => {
    const first = await gateway.fetch(host, path, { headers: navigation })
    const nonce = cookieOf(first.headers['set-cookie'], '__Host-wave-nonce')!
    const back = enterStore(gateway, first.headers.location!)
    return gateway.fetch(host, back, { headers: { ...navigation, cookie: nonce } })
  }
  expect((await signIn('/instance/x/')).headers['set-cookie']).toContain(gone)
  expect((await signIn('/instance/x/_auth/callback?code=1&state=2')).headers['set-cookie']).not.toContain(gone)

  const signedOut = await get(ownSignIn.signOutPath, { headers: { ...navigation, cookie } })
  expect(signedOut.headers).toMatchObject({ location: ownSignIn.endSessionUrl, 'set-cookie': [gone] })
  expect(reached).toEqual([])
})
