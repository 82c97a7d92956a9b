import { once } from 'node:events'
import { eventually, InstanceVisitor } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { demoBundle } from '../testing/demo-bundle.ts'
import { clusterVariable } from '../testing/postgres-cluster.ts'
import { StoreOfServers } from '../testing/servers/store-of-servers.ts'

const cluster = process.env[clusterVariable]

describe.skipIf(!cluster)('several servers on one database', () => {
  let store: StoreOfServers
  let appId: string
  beforeAll(async () => {
    store = await StoreOfServers.open(cluster!, 3)
    const uploaded = await store.upload(await demoBundle())
    appId = ((await uploaded.json()) as { id: string }).id
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  const launch = async () => (await store.client.launchInstance({ body: { appId } })).id
  const deployed = (id: string) =>
    eventually(async () => {
      const instance = await store.client.getInstance({ params: { instanceId: id } })
      if (instance.status !== 'DEPLOYED') throw new Error(instance.status)
      return instance
    })
  const startsOf = (id: string) => store.engine.calls.filter((each) => each.id === id && each.call === 'start')
  const openSocket = async (url: string) => {
    const visitor = new InstanceVisitor(url, store.cookies)
    expect((await visitor.open()).body).toBe('hello')
    const { host, port, origin } = new URL(url)
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { host, cookie: visitor.cookie, origin } })
    await once(socket, 'open')
    return { socket, visitor }
  }
  const echo = async (socket: WebSocket, text: string) => {
    const answered = once(socket, 'message')
    socket.send(text)
    return String((await answered)[0])
  }

  it('start each instance once, whichever was asked, and know of it everywhere', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, launch))
    await Promise.all(ids.map(deployed))
    for (const id of ids) expect(startsOf(id)).toHaveLength(1)
    expect(new Set(store.engine.calls.map(({ server }) => server)).size).toBe(1)
    for (const server of store.servers) {
      store.only = server
      expect((await store.client.listInstances({})).items).toHaveLength(12)
    }
    store.only = undefined
    await Promise.all(ids.map((id) => store.client.terminateInstance({ params: { instanceId: id } })))
    await eventually(async () => expect((await store.client.listInstances({})).items).toEqual([]))
  })

  it('hold what an administrator changed at one of them', async () => {
    const [one, other] = store.servers
    store.only = one
    await store.client.getSession()
    const admin = await store.as('admin')
    await admin.updateSettings({ body: { instancesPerUser: 7 } })
    store.only = other
    await eventually(async () => expect((await admin.getSettings()).settings.instancesPerUser).toBe(7))
    await admin.updateSettings({ body: { instancesPerUser: null } })
    store.only = undefined
  })

  it('tell whoever follows at one of them what was done at another', async () => {
    const [one, other] = store.servers
    store.only = one
    const abort = new AbortController()
    const events = await fetch(`${store.origin}/api/events`, {
      headers: store.headers,
      signal: abort.signal,
    })
    store.only = other
    const id = await launch()
    let told = ''
    for await (const chunk of events.body!) {
      told += Buffer.from(chunk).toString()
      if (told.includes(id) && told.includes('"DEPLOYED"')) break
    }
    abort.abort()
    await store.client.terminateInstance({ params: { instanceId: id } })
    store.only = undefined
  })

  it('lose and double nothing when the one is killed that starts instances, while it does', async () => {
    await deployed(await launch())
    const { controller } = store
    store.only = store.servers.find((server) => server !== controller)
    const ids = await Promise.all(Array.from({ length: 10 }, launch))
    await eventually(() => expect(startsOf(ids[2]!).length).toBeGreaterThan(0))
    await store.kill(controller)
    const later = await launch()
    for (const id of [...ids, later]) await deployed(id)
    expect(store.controller).not.toBe(controller)
    const engine = await store.engine.runtime.inspect()
    for (const id of [...ids, later]) {
      expect(engine.filter((seen) => seen.id === id)).toHaveLength(1)
      // Asked for again, it is the same start: nobody is thrown out of a running app.
      expect(new Set(startsOf(id).map(({ generation }) => generation))).toEqual(new Set([1]))
    }
    await Promise.all([...ids, later].map((id) => store.client.terminateInstance({ params: { instanceId: id } })))
    store.only = undefined
    await store.add()
  })

  it('let people go on through another one when theirs is killed, WebSockets too', async () => {
    const { id, url } = await deployed(await launch())
    const mine = store.servers.find((server) => server !== store.controller)!
    store.only = mine
    const { socket } = await openSocket(url)
    expect(await echo(socket, 'one')).toBe('one')
    store.only = undefined
    const closed = once(socket, 'close')
    await store.kill(mine)
    await closed
    // The same session, and the same address.
    const again = await openSocket(url)
    expect(await echo(again.socket, 'two')).toBe('two')
    again.socket.terminate()
    expect((await store.client.getSession()).user).toMatchObject({ name: 'Dana Developer' })
    await store.client.terminateInstance({ params: { instanceId: id } })
    await store.add()
  })

  it('are replaced one after the other without a request that fails', async () => {
    const { id, url } = await deployed(await launch())
    const visitor = new InstanceVisitor(url, store.cookies)
    await visitor.open()
    const failed: string[] = []
    let answered = 0
    let isOver = false
    const askOn = async (what: string, ask: () => Promise<{ status: number }>) => {
      while (!isOver) {
        const outcome = await ask().then(
          ({ status }) => status,
          (error: Error) => error.message,
        )
        if (outcome === 200) answered++
        else failed.push(`${what}: ${outcome}`)
      }
    }
    const loads = [
      askOn('API', () => fetch(`${store.origin}/api/instances`, { headers: store.headers }).then(readWhole)),
      askOn('app', () => visitor.get('/')),
    ]
    for (const old of [...store.servers]) {
      await store.add()
      await store.retire(old)
      // Whoever looked after instances has handed that on.
      await store.client.terminateInstance({ params: { instanceId: (await deployed(await launch())).id } })
    }
    isOver = true
    await Promise.all(loads)
    expect(failed).toEqual([])
    expect(answered).toBeGreaterThan(100)
    await store.client.terminateInstance({ params: { instanceId: id } })
  })

  it('show no upload half that one of them was killed in', async () => {
    const [mine] = store.servers
    store.only = mine
    const bytes = await demoBundle({ name: 'half-way' })
    const uploads = Array.from({ length: 5 }, () =>
      store.upload(bytes).then(
        (answer) => answer.status,
        () => 'broken off',
      ),
    )
    await Promise.race(uploads)
    await store.kill(mine!)
    store.only = undefined
    await Promise.all(uploads)
    const listed = await store.client.listApps({ query: { scope: 'mine' } })
    const items = listed.items.filter(({ name }) => name === 'half-way')
    for (const { id } of items) {
      const bundle = await fetch(`${store.origin}/api/apps/${id}/bundle`, {
        headers: store.headers,
      })
      expect(Buffer.from(await bundle.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
    }
    expect(items.length).toBeLessThanOrEqual(1)
    const again = await store.upload(bytes)
    expect(again.status, await again.text()).toBe(items.length === 1 ? 409 : 201)
    await store.add()
  })

  it('leave one that was paused and wakes nothing to do that another one does by now', async () => {
    const first = await launch()
    await deployed(first)
    const { controller } = store
    controller.process.kill('SIGSTOP')
    store.only = store.servers.find((server) => server !== controller)
    const second = await launch()
    await deployed(second)
    await store.client.suspendInstance({ params: { instanceId: first } })
    await eventually(async () => {
      const { status } = await store.client.getInstance({ params: { instanceId: first } })
      expect(status).toBe('SUSPENDED')
    })
    await store.client.resumeInstance({ params: { instanceId: first } })
    await deployed(first)
    const asked = store.engine.calls.length
    controller.process.kill('SIGCONT')
    store.only = controller
    const known = (await store.client.listInstances({})).items.map((instance) => instance.id)
    expect(known).toEqual(expect.arrayContaining([first, second]))
    const third = await launch()
    await deployed(third)
    const since = store.engine.calls.slice(asked)
    expect(since.map(({ server }) => server)).not.toContain(controller.name)
    expect(since.map(({ id }) => id)).toEqual([third])
    store.only = undefined
  })
})

async function readWhole(answer: Response): Promise<Response> {
  await answer.arrayBuffer()
  return answer
}

describe.skipIf(!cluster)('servers that part the work', () => {
  it('serve what is theirs, and say of the rest where it is', async () => {
    await using store = await StoreOfServers.open(cluster!, 1, { WAVE_STORE_ROLES: 'api' })
    const gateway = await store.add({ WAVE_STORE_ROLES: 'gateway' })
    const controller = await store.add({ WAVE_STORE_ROLES: 'controller' })
    const [api] = store.servers
    store.only = api
    const { id: appId } = (await (await store.upload(await demoBundle())).json()) as { id: string }
    const { id } = await store.client.launchInstance({ body: { appId } })
    const { url } = await eventually(async () => {
      const instance = await store.client.getInstance({ params: { instanceId: id } })
      expect(instance.status).toBe('DEPLOYED')
      return instance
    })
    expect(store.controller).toBe(controller)
    const visitor = new InstanceVisitor(url, store.cookies)
    expect((await visitor.get('/')).status).toBe(421)
    store.only = gateway
    for (const path of ['/', '/api/session', '/oidc/.well-known/openid-configuration'])
      expect((await fetch(store.origin + path, { headers: store.headers })).status, path).toBe(421)
    for (const path of ['/healthz', '/readyz'])
      expect((await fetch(store.origin + path, { headers: store.headers })).status, path).toBe(200)
    // On the way to its ticket somebody passes by the store.
    store.route = ({ host }) => (host.startsWith('localhost') ? api : gateway)
    expect((await visitor.open()).body).toBe('hello')
  })
})
