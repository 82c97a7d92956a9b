import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { Failure } from '../failure.ts'

const mostTries = 20

interface Address {
  host: string
  port: number
}

/** Listens at `localhost` and leads to an app. Who comes before it answers waits for it. */
export class Relay implements AsyncDisposable {
  readonly port: number
  readonly #servers: Server[]
  readonly #target = Promise.withResolvers<Address>()
  readonly #sockets = new Set<Socket>()

  private constructor(port: number, servers: Server[]) {
    this.port = port
    this.#servers = servers
    this.#target.promise.catch(() => {})
    for (const server of servers) server.on('connection', (socket) => void this.#serve(socket))
  }

  /** @param port 0 takes a free one. @throws {Failure} where something else listens there */
  static async listen(port: number): Promise<Relay> {
    for (let tries = 0; ; tries++) {
      const first = await listen('127.0.0.1', port)
      const { port: taken } = first.address() as AddressInfo
      try {
        return new Relay(taken, [first, await listen('::1', taken)])
      } catch (error) {
        // A machine without IPv6.
        if (!(error instanceof Failure)) return new Relay(taken, [first])
        first.close()
        // What is free at one address may be in use at the other.
        if (port !== 0 || tries === mostTries) throw error
      }
    }
  }

  leadTo(address: Address): void {
    this.#target.resolve(address)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#target.reject(new Error('over'))
    for (const server of this.#servers) server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  async #serve(client: Socket): Promise<void> {
    this.#hold(client)
    const address = await this.#target.promise.catch(() => null)
    if (!address) return
    const app = connect(address)
    this.#hold(app)
    app.on('close', () => client.destroy())
    client.on('close', () => app.destroy())
    client.pipe(app).pipe(client)
  }

  #hold(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    // Either end may go at any time; the other one is closed then.
    socket.on('error', () => {})
  }
}

async function listen(host: string, port: number): Promise<Server> {
  const server = createServer({ pauseOnConnect: true }).listen(port, host)
  try {
    await once(server, 'listening')
    return server
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new Failure(`Port ${port} is in use on this machine.`, {
        next: 'Name another one: h2o exec --port PORT',
        cause,
      })
    if (code === 'EACCES')
      throw new Failure(`You may not listen on port ${port}.`, {
        next: 'Name one above 1023: h2o exec --port PORT',
        cause,
      })
    throw cause
  }
}
