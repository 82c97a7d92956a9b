import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type Logger, pino } from 'pino'
import { WebSocket } from 'ws'
import { ActivityCounter } from '../../activity/activity-counter.ts'
import { createGateway } from '../create-gateway.ts'
import type { GatewayLimits } from '../limits.ts'
import type { Admission, GatewayInstance, GatewayPorts, Waking } from '../ports.ts'

/** A store in memory behind the gateway's ports, changed by tests while connections are open. */
export class FakeStore implements GatewayPorts {
  readonly instances = new Map<string, GatewayInstance>()
  readonly aliases = new Map<string, { instanceId: string; moveMark: string | null }>()
  /** Ticket → who holds it. */
  readonly tickets = new Map<string, { instanceId: string; user: FakeUser; readLogs: boolean }>()
  readonly codes = new Map<string, { instanceId: string; nonceHash: string }>()
  readonly refusedTickets = new Set<string>()
  readonly agingTickets = new Set<string>()
  /** Ids of instances that are open to everybody. */
  readonly publicInstances = new Set<string>()
  /** Where the requests came from that were asked for. */
  readonly addresses = new Set<string | undefined>()
  log: string[] = []
  /** Instances that were asked to wake, in order; what they answer. */
  readonly woken: string[] = []
  waking: Waking = { kind: 'awake' }
  readonly listeners = new Map<string, Set<() => void>>()
  iconBytes: { mediaType: string; bytes: Uint8Array } | undefined
  isDown = false
  admissions = 0
  finds = 0

  async find(label: string) {
    this.finds += 1
    if (this.isDown) throw new Error('the database is away')
    const alias = this.aliases.get(label)
    const instance = this.instances.get(alias?.instanceId ?? label)
    return instance && { ...instance, moveMark: alias?.moveMark ?? null }
  }

  async admit(instanceId: string, ticket: string | undefined, address?: string): Promise<Admission> {
    this.admissions += 1
    this.addresses.add(address)
    if (this.isDown) throw new Error('the database is away')
    if (ticket && this.refusedTickets.has(ticket)) return { kind: 'refused' }
    const known = ticket ? this.tickets.get(ticket) : undefined
    if (known?.instanceId === instanceId) {
      const isAging = ticket !== undefined && this.agingTickets.has(ticket)
      return { kind: 'open', user: known.user, readLogs: known.readLogs, ...(isAging && { isAging }) }
    }
    const isPublic = this.publicInstances.has(instanceId)
    return isPublic ? { kind: 'open', user: null, readLogs: false } : { kind: 'sign_in' }
  }

  async wake({ instanceId }: { instanceId: string }): Promise<Waking> {
    this.woken.push(instanceId)
    const instance = this.instances.get(instanceId)!
    if (this.waking.kind === 'awake') Object.assign(instance, { status: 'PENDING', phase: 'queued', suspension: null })
    return this.waking
  }

  subscribe(instanceId: string, onChange: () => void) {
    const listeners = this.listeners.get(instanceId) ?? new Set()
    this.listeners.set(instanceId, listeners.add(onChange))
    return () => void listeners.delete(onChange)
  }

  async redeem({ code, instanceId, nonce }: { code: string; instanceId: string; nonce: string | undefined }) {
    const known = this.codes.get(code)
    this.codes.delete(code)
    const nonceHash = nonce && createHash('sha256').update(nonce).digest('base64url')
    if (known?.instanceId !== instanceId || known.nonceHash !== nonceHash) return undefined
    return { ticket: this.issueTicket(instanceId) }
  }

  async tail(_instanceId: string, lines: number) {
    return this.log.slice(-lines)
  }

  async icon() {
    return this.iconBytes
  }

  issueTicket(instanceId: string, as: { user?: FakeUser; readLogs?: boolean } = {}): string {
    const ticket = randomBytes(24).toString('base64url')
    this.tickets.set(ticket, { instanceId, user: as.user ?? ada, readLogs: as.readLogs ?? true })
    return ticket
  }

  /** As the store does when somebody who may open the instance comes by. */
  issueCode(instanceId: string, nonceHash: string): string {
    const code = randomUUID()
    this.codes.set(code, { instanceId, nonceHash })
    return code
  }

  addInstance(change: Partial<GatewayInstance> = {}): GatewayInstance {
    const id = change.id ?? randomUUID()
    const instance: GatewayInstance = {
      id,
      mainLabel: id,
      moveMark: null,
      status: 'DEPLOYED',
      phase: 'running',
      failure: null,
      restarts: 0,
      nextStartAt: null,
      queue: null,
      suspension: null,
      address: null,
      wantedSince: 0,
      usualStartMs: null,
      basePath: '/',
      ownSignIn: null,
      app: { title: 'Churn explorer', hasIcon: false, ownerName: 'Grace Hopper' },
      ...change,
    }
    this.instances.set(instance.id, instance)
    return instance
  }
}

export interface FakeUser {
  id: string
  name: string
  email: string
}

export const ada: FakeUser = { id: 'u-1', name: 'Ada Lovelace', email: 'ada@example.com' }

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  rawHeaders: string[]
  body: string
}

export interface TestGateway extends AsyncDisposable {
  store: FakeStore
  activity: ActivityCounter
  /** The port that addresses name, as behind a proxy. */
  port: number
  /** The port that it listens on. */
  localPort: number
  server: Server
  /** An instance whose app is served by `app`, and a ticket of Ada's for it. */
  deploy(app: Server, change?: Partial<GatewayInstance>): Promise<Deployed>
  fetch(host: string, path: string, options?: FetchOptions): Promise<Answer>
  /** A connection with a request written as it stands. */
  raw(text: string): Socket
  hostOf(instance: GatewayInstance): string
}

export interface Deployed {
  instance: GatewayInstance
  ticket: string
  /** What a browser that signed in sends. */
  cookie: string
  host: string
  get(path: string, options?: FetchOptions): Promise<Answer>
  socket(path: string, options?: { headers?: Record<string, string>; protocols?: string[] }): WebSocket
}

export interface FetchOptions {
  method?: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
}

export const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' }

export interface GatewayChange extends Partial<GatewayLimits> {
  logger?: Logger
  proxyHops?: number
}

/** A gateway on a port of its own, with a store that answers its host by `store: <path>`. */
export async function openGateway({ logger, proxyHops, ...limits }: GatewayChange = {}): Promise<TestGateway> {
  const store = new FakeStore()
  const activity = new ActivityCounter()
  const apps: Server[] = []
  const port = 8080
  const gateway = createGateway({
    ports: store,
    activity,
    store: (incoming, response) => response.end(`store: ${incoming.url}`),
    publicUrl: new URL(`http://localhost:${port}`),
    appsHost: `localhost:${port}`,
    logger: logger ?? pino({ level: 'silent' }),
    ...(proxyHops !== undefined && { proxyHops }),
    clock: { now: () => 12_000 },
    limits: { drainMs: 200, ...limits },
  })
  const { port: localPort } = await listen(gateway.server)
  const test: TestGateway = {
    store,
    activity,
    port,
    localPort,
    server: gateway.server,
    hostOf: ({ id }) => `${id}.localhost:${port}`,
    fetch: (host, path, options = {}) => send({ port: localPort, host, path, options }),
    raw: (text) => {
      const socket = connect(localPort, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(text)
      return socket
    },
    deploy: async (app, change) => {
      apps.push(app)
      return deployed(test, store.addInstance({ address: await listen(app), ...change }))
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      for (const app of apps) app.closeAllConnections()
      await Promise.all(apps.map((app) => new Promise((resolve) => app.close(resolve))))
    },
  }
  return test
}

export function appOf(handler: (request: IncomingMessage, response: ServerResponse) => void): Server {
  return createServer(handler)
}

export async function listen(server: Server): Promise<{ host: string; port: number }> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

/** Everything that a connection is answered, up to its end. */
export async function readAll(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
  })
  await new Promise((resolve) => socket.once('close', resolve))
  return text
}

/** Waits until what is said holds; the test's own time limit is the end of patience. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10))
}

function deployed(test: TestGateway, instance: GatewayInstance): Deployed {
  const ticket = test.store.issueTicket(instance.id)
  const cookie = `__Host-wave-ticket=${ticket}`
  const host = test.hostOf(instance)
  const sockets = (path: string, options: { headers?: Record<string, string>; protocols?: string[] } = {}) =>
    new WebSocket(`ws://127.0.0.1:${test.localPort}${path}`, options.protocols, {
      headers: { host, cookie, ...options.headers },
    })
  return {
    instance,
    ticket,
    cookie,
    host,
    get: (path, options = {}) => test.fetch(host, path, { ...options, headers: { cookie, ...options.headers } }),
    socket: sockets,
  }
}

async function send(to: { port: number; host: string; path: string; options: FetchOptions }): Promise<Answer> {
  const { port, host, path, options } = to
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path,
    method: options.method ?? 'GET',
    headers: { host, ...options.headers },
    agent: false,
  })
  outgoing.end(options.body)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  let body = ''
  response.setEncoding('latin1')
  for await (const chunk of response) body += chunk
  return { status: response.statusCode!, headers: response.headers, rawHeaders: response.rawHeaders, body }
}
