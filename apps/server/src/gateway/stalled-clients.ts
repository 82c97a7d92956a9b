import type { IncomingMessage, ServerResponse } from 'node:http'
import { Bag, type BagMember } from './bag.ts'
import type { GatewayLimits } from './limits.ts'

interface Upload extends BagMember {
  request: IncomingMessage
  /** When the current period began, and the bytes seen on the socket by then. */
  since: number
  bytesRead: number
}

/**
 * Ends clients that hold a connection without moving: those that trickle a body, and those that never read their
 * answer. Whole requests have no time limit, since an upload may rightly take an hour.
 */
export class StalledClients {
  readonly #limits: GatewayLimits
  readonly #uploads = new Bag<Upload>()
  /** Since when each answer waits to be read. */
  readonly #unread = new Map<ServerResponse, number>()
  readonly #timer: NodeJS.Timeout

  constructor(limits: GatewayLimits) {
    this.#limits = limits
    this.#timer = setInterval(() => this.#sweep(), limits.clientBodyMs / 2).unref()
  }

  watch(request: IncomingMessage, response: ServerResponse): void {
    if (request.complete || !hasBody(request)) return
    const upload = { request, since: Date.now(), bytesRead: request.socket.bytesRead }
    this.#uploads.add(upload)
    const forget = () => this.#uploads.delete(upload)
    request.once('end', forget)
    response.once('close', forget)
    response.once('finish', () => this.#linger(request))
  }

  unread(response: ServerResponse): void {
    this.#unread.set(response, Date.now())
  }

  read(response: ServerResponse): void {
    this.#unread.delete(response)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  /** Closing at once would reset the connection, and the client might never read what it was answered. */
  #linger(request: IncomingMessage): void {
    if (request.complete) return
    // A request that was destroyed meanwhile has no socket any more.
    const { socket } = request
    const timer = setTimeout(() => socket.destroy(), this.#limits.lingerMs).unref()
    request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  }

  #sweep(): void {
    for (const upload of this.#uploads.all()) this.#checkUpload(upload)
    for (const [response, since] of this.#unread) {
      if (Date.now() - since > this.#limits.unreadMs) response.destroy()
    }
  }

  /** A full buffer means that it is the reader who is slow, which is not the client's fault. */
  #checkUpload(upload: Upload): void {
    const { request, since, bytesRead } = upload
    if (request.complete || request.destroyed || Date.now() - since < this.#limits.clientBodyMs) return
    const moved = request.socket.bytesRead - bytesRead
    upload.since = Date.now()
    upload.bytesRead = request.socket.bytesRead
    const readerIsSlow = request.readableLength >= request.readableHighWaterMark
    if (!readerIsSlow && moved < this.#limits.minBodyBytes) request.socket.destroy()
  }
}

export function hasBody(request: IncomingMessage): boolean {
  const { 'transfer-encoding': coding, 'content-length': length } = request.headers
  return coding !== undefined || (length !== undefined && length !== '0')
}
