import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname } from 'node:path'
import type { TlsOptions } from 'node:tls'
import type { Logger } from 'pino'
import { type Addresses, readDestination } from './destination.ts'
import { defaultLimits } from './limits.ts'
import { openServer } from './open-server.ts'
import { sendProblem } from './respond.ts'
import { answerBrokenRequest, closeServer } from './server-hygiene.ts'

/** What is asked here is small, and answered at once. */
const requestMs = 30_000
/** However many apps open, files and the front door are left for people. */
const maxConnections = 256

export interface StoreDoorOptions extends Addresses {
  /** Path of the Unix socket; its directory is made. */
  socket: string
  /** The only paths that are served. */
  paths: readonly string[]
  store: (request: IncomingMessage, response: ServerResponse) => void
  /** Where the store's public address speaks TLS. */
  tls?: TlsOptions
  logger: Logger
}

/**
 * A second way in, for apps in sandboxes, where the store's public address is one of loopback that they cannot reach.
 * They are outsiders there and get less than anybody: the named paths of the store's own host, and nothing else.
 */
export async function openStoreDoor({
  socket,
  paths,
  store,
  tls,
  logger,
  ...addresses
}: StoreDoorOptions): Promise<AsyncDisposable> {
  const { server, connections } = openServer(defaultLimits, tls)
  server.requestTimeout = requestMs
  server.maxConnections = maxConnections
  server.on('request', (request, response) => {
    const isStore = readDestination(request, addresses).kind === 'store'
    if (isStore && paths.includes(request.url!.split('?', 1)[0]!)) return store(request, response)
    sendProblem(response, { status: 404, code: 'not_found', detail: 'Apps find nothing at this address.' })
  })
  server.on('upgrade', (_request, stream) => stream.destroy())
  server.on('clientError', (error, stream) => answerBrokenRequest(error, stream, logger))
  await mkdir(dirname(socket), { recursive: true, mode: 0o755 })
  await rm(socket, { force: true })
  server.listen({ path: socket, readableAll: true, writableAll: true })
  await once(server, 'listening')
  return { [Symbol.asyncDispose]: () => closeServer(server, connections, defaultLimits.drainMs) }
}
