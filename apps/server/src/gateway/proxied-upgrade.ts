import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import { reasonOf, refusalOf } from './app-failure.ts'
import { appRequestHeaders } from './app-request-headers.ts'
import { appResponseHeaders } from './app-response-headers.ts'
import { endSocket } from './end-socket.ts'
import type { GatewayScope } from './gateway-scope.ts'
import { joinSockets } from './joined-sockets.ts'
import { watchMessages } from './message-watch.ts'
import type { OpenConnection } from './open-connections.ts'
import { decodeHeaders } from './raw-headers.ts'
import { refuseUpgrade } from './respond.ts'
import { factsOf, type OpenVisit } from './visit.ts'

/** A peer that vanished without a word is found out after a few of these. */
const keepAliveMs = 30_000

export interface IncomingUpgrade {
  request: IncomingMessage
  socket: Socket
  /** What the client sent after its request's head. */
  head: Buffer
}

/** A WebSocket between a browser and an app: the handshake is checked and rewritten, the rest is carried as bytes. */
export class ProxiedUpgrade implements Dispatcher.DispatchHandler {
  readonly #scope: GatewayScope
  readonly #request: IncomingMessage
  readonly #socket: Socket
  readonly #visit: OpenVisit
  readonly #open: OpenConnection
  #controller: Dispatcher.DispatchController | undefined
  #hasAnswered = false

  constructor(scope: GatewayScope, { request, socket, head }: IncomingUpgrade, visit: OpenVisit) {
    this.#scope = scope
    this.#request = request
    this.#socket = socket
    this.#visit = visit
    const { instance, label, ticket, user } = visit
    this.#open = {
      instanceId: instance.id,
      label,
      ticket,
      userId: user?.id ?? null,
      isOfApp: true,
      close: () => socket.destroy(),
    }
    if (head.byteLength > 0) socket.unshift(head)
  }

  begin(): void {
    const { instance } = this.#visit
    const facts = factsOf(this.#scope, this.#visit)
    this.#scope.connections.add(this.#open)
    this.#socket.setKeepAlive(true, keepAliveMs)
    this.#socket.once('close', () => this.#end())
    this.#scope.pools.for(instance.id, instance.address!).dispatch(
      {
        method: 'GET',
        path: this.#request.url!,
        headers: appRequestHeaders(this.#request, facts, false),
        upgrade: 'websocket',
      },
      this,
    )
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#socket.destroyed) controller.abort(new Error('The client went away'))
  }

  onRequestUpgrade(controller: Dispatcher.DispatchController, _status: number, _headers: unknown, app: Duplex): void {
    this.#controller = undefined
    if (this.#socket.destroyed) return void app.destroy()
    this.#writeHead(controller, 101, 'Connection: Upgrade\r\nUpgrade: websocket\r\n')
    this.#tellOf(app)
    joinSockets(this.#socket, app, () => this.#end())
  }

  #tellOf(app: Duplex): void {
    const { activity } = this.#scope
    const { id } = this.#visit.instance
    const onMessage = () => activity.socketTraffic(id)
    activity.socketOpened(id)
    this.#socket.once('close', () => activity.socketClosed(id))
    watchMessages(this.#socket, onMessage)
    watchMessages(app, onMessage)
  }

  /** The app does not want the WebSocket: its own answer says why. */
  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status >= 200) this.#writeHead(controller, status, 'Connection: close\r\n')
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#socket.write(chunk)) return
    controller.pause()
    this.#socket.once('drain', () => controller.resume())
  }

  onResponseEnd(): void {
    this.#controller = undefined
    endSocket(this.#socket)
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#controller = undefined
    if (this.#hasAnswered || this.#socket.destroyed) return void this.#socket.destroy()
    this.#scope.logger.info(
      { reason: reasonOf(error), instanceId: this.#visit.instance.id },
      'an app did not take a WebSocket',
    )
    refuseUpgrade(this.#socket, refusalOf(error))
  }

  #writeHead(controller: Dispatcher.DispatchController, status: number, connection: string): void {
    this.#hasAnswered = true
    this.#scope.activity.answered(this.#visit.instance.id)
    const headers = appResponseHeaders(decodeHeaders(controller.rawHeaders), status)
    let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${connection}`
    for (let index = 0; index < headers.length; index += 2) head += `${headers[index]}: ${headers[index + 1]}\r\n`
    this.#socket.write(`${head}\r\n`, 'latin1')
  }

  #end(): void {
    this.#scope.connections.delete(this.#open)
    this.#controller?.abort(new Error('The client went away'))
    this.#controller = undefined
  }
}
