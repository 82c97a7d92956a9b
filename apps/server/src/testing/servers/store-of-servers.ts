import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { createServer as createHttpServer, type Server } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@wave-store/client'
import { type CookieJar, freePort, signIn } from '@wave-store/testing'
import { WebSocketServer } from 'ws'
import { testDatabase } from '../postgres-cluster.ts'
import { EngineServer } from './engine-server.ts'
import type { ServerProcess } from './server-process.ts'

const program = fileURLToPath(new URL('./server-process.ts', import.meta.url))

interface OneServer {
  name: string
  port: number
  process: ChildProcess
}

/**
 * Several real servers on one database, one storage and one engine, behind a balancer of connections. Each is a process, which
 * a test kills or pauses where it likes. All instances are one app, which answers `hello` and echoes what WebSockets send.
 */
export class StoreOfServers implements AsyncDisposable {
  readonly servers: OneServer[] = []
  readonly engine: EngineServer
  readonly origin: string
  /** Chooses by the host of a connection's first request, while it is set. */
  route: ((request: { host: string }) => OneServer | undefined) | undefined
  /** Connections go there alone, while it is set. */
  only: OneServer | undefined
  readonly #root: string
  readonly #settings: Record<string, string>
  readonly #app: Server
  readonly #balancer: ReturnType<typeof createServer>
  readonly #sockets = new Set<Socket>()
  #cookies: CookieJar | undefined
  #next = 0

  private constructor(parts: {
    root: string
    engine: EngineServer
    app: Server
    port: number
    settings: Record<string, string>
  }) {
    this.#root = parts.root
    this.engine = parts.engine
    this.#app = parts.app
    this.#settings = parts.settings
    this.origin = `http://localhost:${parts.port}`
    this.#balancer = createServer((client) => this.#balance(client, 0)).listen(parts.port, '127.0.0.1')
  }

  /** @param cluster directory of a PostgreSQL cluster's socket */
  static async open(cluster: string, count: number, environment: Record<string, string> = {}): Promise<StoreOfServers> {
    const root = await mkdtemp(join(tmpdir(), 'wave-servers-'))
    await mkdir(join(root, 'bundles'))
    const app = createHttpServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
    await once(app, 'listening')
    new WebSocketServer({ server: app }).on('connection', (socket) => {
      socket.on('message', (data) => socket.send(String(data)))
      socket.on('error', () => socket.terminate())
    })
    const engine = await EngineServer.open((app.address() as AddressInfo).port)
    const port = await freePort()
    const store = new StoreOfServers({
      root,
      engine,
      app,
      port,
      settings: {
        WAVE_STORE_DATABASE_URL: await testDatabase(cluster, root),
        WAVE_STORE_PUBLIC_URL: `http://localhost:${port}`,
        WAVE_STORE_SECRETS_KEY: randomBytes(32).toString('base64'),
        WAVE_STORE_SAMPLES: 'false',
        WAVE_STORE_LAUNCHES_PER_MINUTE: '10000',
        WAVE_STORE_INSTANCES_PER_USER: '1000',
        WAVE_STORE_MAX_STARTS: '1000',
        ...environment,
      },
    })
    await Promise.all(Array.from({ length: count }, () => store.add()))
    store.#cookies = await signIn(store.origin, 'dana')
    return store
  }

  /** Each request by a connection of its own, so that it goes where connections go now. */
  get headers(): Record<string, string> {
    return { cookie: String(this.#cookies), connection: 'close' }
  }

  get client(): Client {
    return createClient({ baseUrl: this.origin, headers: this.headers })
  }

  async as(person: string): Promise<Client> {
    const cookie = String(await signIn(this.origin, person))
    return createClient({ baseUrl: this.origin, headers: { ...this.headers, cookie } })
  }

  get cookies(): CookieJar {
    return this.#cookies!
  }

  /** Of the server that looks after instances, as the latest call of the engine tells. */
  get controller(): OneServer {
    const { server } = this.engine.calls.at(-1)!
    return this.servers.find(({ name }) => name === server)!
  }

  /** @param environment of this one alone */
  async add(environment: Record<string, string> = {}): Promise<OneServer> {
    const port = await freePort()
    const name = `server-${port}`
    const dataDir = join(this.#root, name)
    await mkdir(dataDir)
    // What an S3 bucket is to several machines.
    await symlink(join(this.#root, 'bundles'), join(dataDir, 'bundles'))
    const settings = { ...this.#settings, WAVE_STORE_PORT: String(port), WAVE_STORE_DATA_DIR: dataDir, ...environment }
    const told: ServerProcess = { name, settings, engineUrl: this.engine.url }
    const child = fork(program, [JSON.stringify(told)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${name} ended.`)))
    await Promise.race([once(child, 'message'), ended])
    ended.catch(() => {})
    const server = { name, port, process: child }
    this.servers.push(server)
    return server
  }

  async kill(server: OneServer): Promise<void> {
    this.servers.splice(this.servers.indexOf(server), 1)
    server.process.kill('SIGKILL')
    if (server.process.exitCode === null && server.process.signalCode === null) await once(server.process, 'exit')
  }

  /** Ends one as an upgrade does: nobody is sent there any more, then it is asked to end. */
  async retire(server: OneServer): Promise<void> {
    this.servers.splice(this.servers.indexOf(server), 1)
    const exited = once(server.process, 'exit')
    server.process.kill('SIGTERM')
    await exited
  }

  async upload(bytes: Uint8Array, signal?: AbortSignal): Promise<Response> {
    return await fetch(`${this.origin}/api/apps`, {
      method: 'POST',
      body: bytes as Uint8Array<ArrayBuffer>,
      headers: { ...this.headers, 'content-type': 'application/zip' },
      ...(signal && { signal }),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#balancer.close()
    const ends = this.servers.map(async ({ process: child }) => {
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    })
    await Promise.all(ends)
    this.#app.closeAllConnections()
    this.#app.close()
    await this.engine[Symbol.asyncDispose]()
    await rm(this.#root, { recursive: true, force: true })
  }

  #balance(client: Socket, tries: number): void {
    if (this.route) {
      client.once('data', (head) => {
        const host = /^host: *(\S+)/im.exec(String(head))?.[1] ?? ''
        client.pause()
        client.unshift(head)
        this.#join(client, this.route?.({ host }), tries)
      })
      return
    }
    const server = this.only ?? this.servers[this.#next++ % this.servers.length]
    this.#join(client, server, tries)
  }

  #join(client: Socket, server: OneServer | undefined, tries: number): void {
    if (!server || tries > this.servers.length) return void client.destroy()
    const upstream = connect(server.port, '127.0.0.1')
    let isConnected = false
    upstream.once('connect', () => {
      isConnected = true
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket)
        socket.once('close', () => this.#sockets.delete(socket))
      }
      client.pipe(upstream).pipe(client)
      client.on('error', () => upstream.destroy())
      upstream.on('close', () => client.destroy())
      client.on('close', () => upstream.destroy())
    })
    upstream.on('error', () => {
      if (isConnected) client.destroy()
      else this.#balance(client, tries + 1)
    })
  }
}
