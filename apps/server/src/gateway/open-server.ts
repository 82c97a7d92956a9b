import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { TlsOptions } from 'node:tls'
import type { GatewayLimits } from './limits.ts'
import { serverOptions } from './server-hygiene.ts'

/** A server that does not listen yet, and its connections: Node tells of those that shake hands over TLS only afterwards. */
export function openServer(limits: GatewayLimits, tls?: TlsOptions): { server: Server; connections: Set<Socket> } {
  const options = serverOptions(limits)
  const server = tls
    ? createSecureServer({ ...options, ...tls, handshakeTimeout: limits.clientHeadersMs })
    : createServer(options)
  const connections = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  return { server, connections }
}
