import { type IncomingMessage, type Server, type ServerOptions, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { endSocket } from './end-socket.ts'
import type { GatewayLimits } from './limits.ts'
import { tooLongPage } from './pages/plain-page.ts'

/** Longer than load balancers commonly keep a connection, so that it is never us who closes one in use. */
const keepAliveMs = 75_000

export function serverOptions({ clientHeadersMs, headBytes }: GatewayLimits): ServerOptions {
  return {
    headersTimeout: clientHeadersMs,
    // An upload may take an hour; what must not happen is watched over by `StalledClients`.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(clientHeadersMs / 4, 5_000),
    keepAliveTimeout: keepAliveMs,
    maxHeaderSize: headBytes,
    // `Upgrade: h2c` and the like are offers that a server may pass over (RFC 9110, 7.8).
    shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
  }
}

const statusByCode: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/**
 * Answers what cannot be read as a request, once, and never into an answer that is under way. Of the error only the
 * code is told on: the rest holds the request itself, cookies and all.
 */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex, logger: Logger): void {
  const isAnswering = '_httpMessage' in socket && socket._httpMessage !== null
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) return void socket.destroy()
  const status = statusByCode[error.code ?? ''] ?? 400
  logger.info({ code: error.code, status }, 'a request could not be read')
  const page = status === 431 ? tooLongPage() : ''
  const type = page === '' ? '' : 'Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n'
  const length = Buffer.byteLength(page)
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n${type}Content-Length: ${length}\r\n\r\n`
  // What is still on its way is read and thrown away: closing over it would reset the connection, answer and all.
  socket.resume()
  endSocket(socket, head + page)
}

/** Resolves when no connection is left. */
export async function closeServer(server: Server, connections: Set<Socket>, drainMs: number): Promise<void> {
  if (!server.listening) return server.closeAllConnections()
  const closed = new Promise((resolve) => server.close(resolve))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const overdue = setTimeout(() => {
    server.closeAllConnections()
    for (const socket of connections) socket.destroy()
  }, drainMs)
  await closed
  clearInterval(idle)
  clearTimeout(overdue)
}
