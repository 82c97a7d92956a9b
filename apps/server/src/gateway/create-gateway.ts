import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { TlsOptions } from 'node:tls'
import type { Logger } from 'pino'
import type { ActivitySink } from '../activity/activity-counter.ts'
import { type Clock, systemClock } from '../clock.ts'
import { AppPools } from './app-pools.ts'
import { instanceOrigin, isLabel, readDestination } from './destination.ts'
import type { GatewayScope } from './gateway-scope.ts'
import { type Incoming, serveInstance } from './instance-request.ts'
import { upgradeInstance } from './instance-upgrade.ts'
import { defaultLimits, type GatewayLimits } from './limits.ts'
import { OpenConnections } from './open-connections.ts'
import { openServer } from './open-server.ts'
import { plainPage, wrongHostPage } from './pages/plain-page.ts'
import type { GatewayPorts } from './ports.ts'
import type { IncomingUpgrade } from './proxied-upgrade.ts'
import { storeInTrouble } from './refusals.ts'
import { redirect, refuseUpgrade, sendPage, sendProblem, sendRefusal } from './respond.ts'
import { RoomStreams } from './room-streams.ts'
import { answerBrokenRequest, closeServer } from './server-hygiene.ts'
import { hostsAreSites } from './sites.ts'
import { StalledClients } from './stalled-clients.ts'
import { TicketRenewals } from './ticket-renewals.ts'

export interface GatewayOptions {
  ports: GatewayPorts
  /** Serves the store's own host, such as an Express application. */
  store: (request: IncomingMessage, response: ServerResponse) => void
  storeUpgrade?: (request: IncomingMessage, socket: Socket, head: Buffer) => void
  publicUrl: URL
  /** Host, with port, under which every instance has a label: `localhost:8080`. */
  appsHost: string
  /** Where it speaks TLS itself. */
  tls?: TlsOptions
  logger: Logger
  /** Is told of what people do with apps. */
  activity: ActivitySink
  /** What of it this server serves; default all. */
  roles?: ReadonlySet<'api' | 'gateway' | 'controller'>
  /** How many proxies of the operator's stand in front. */
  proxyHops?: number
  clock?: Clock
  limits?: Partial<GatewayLimits>
}

export interface Gateway {
  /** Not listening yet. */
  server: Server
  /** Takes no new connection, lets requests in flight end for `drainMs`, then closes whatever is open. */
  [Symbol.asyncDispose](): Promise<void>
}

/** The front of everything: decides by host name whether a request is for the store or for an instance. */
export function createGateway(options: GatewayOptions): Gateway {
  const scope = createScope(options)
  const { server, connections } = openServer(scope.limits, options.tls)
  const upgraded = new Set<Socket>()
  server.on('request', (request, response) => serve(scope, options, { request, response, expectsContinue: false }))
  server.on('checkContinue', (request, response) => serve(scope, options, { request, response, expectsContinue: true }))
  server.on('upgrade', (request, stream, head) => {
    const socket = stream as Socket
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    // The server takes its own listener away; without one, a reset by the client would end the process.
    socket.on('error', () => socket.destroy())
    serveUpgrade(scope, options, { request, socket, head })
  })
  server.on('clientError', (error, socket) => answerBrokenRequest(error, socket, scope.logger))
  return {
    server,
    async [Symbol.asyncDispose]() {
      for (const socket of upgraded) socket.destroy()
      scope.rooms[Symbol.dispose]()
      await closeServer(server, connections, scope.limits.drainMs)
      await scope.connections[Symbol.asyncDispose]()
      scope.stalled[Symbol.dispose]()
      await scope.pools[Symbol.asyncDispose]()
    },
  }
}

function createScope({
  ports,
  publicUrl,
  appsHost,
  logger,
  activity,
  proxyHops = 0,
  clock = systemClock,
  limits,
}: GatewayOptions): GatewayScope {
  const all = { ...defaultLimits, ...limits }
  return {
    ports,
    activity,
    publicUrl,
    appsHost,
    logger,
    clock,
    proxyHops,
    hostsAreSites: hostsAreSites(appsHost),
    limits: all,
    renewals: new TicketRenewals(),
    pools: new AppPools(all),
    connections: new OpenConnections({ ports, logger, recheckMs: all.recheckMs }),
    stalled: new StalledClients(all),
    rooms: new RoomStreams(),
  }
}

function serve(scope: GatewayScope, { store, roles }: GatewayOptions, incoming: Incoming): void {
  const { request, response } = incoming
  const destination = servedDestination(request, scope, roles)
  scope.stalled.watch(request, response)
  if (scope.publicUrl.protocol === 'https:') response.setHeader('Strict-Transport-Security', 'max-age=31536000')
  switch (destination.kind) {
    case 'malformed':
      scope.logger.info({ reason: destination.reason }, 'a request was refused')
      sendProblem(response, { status: 400, code: 'invalid_request', detail: destination.reason })
      break
    case 'elsewhere':
      sendPage(response, { status: 421, html: wrongHostPage(scope.publicUrl.origin) })
      break
    case 'instance':
      // A client that was refused may or may not send its body: what comes next could not be told apart from it.
      if (incoming.expectsContinue) response.shouldKeepAlive = false
      serveInstance(scope, incoming, destination.label).catch((error) => reportTrouble(scope, incoming, error))
      break
    case 'store':
      serveStore(scope, store, incoming)
  }
}

/** What answers on every server, whatever else it serves: for what looks after it, and for pods that fetch what they run. */
const everywhere = /^\/(healthz|readyz|internal\/bundles\/[^/?#]+)$/
/** Asked by the server's own address, by those who know no other. */
const probes = /^\/(healthz|readyz)$/

/** What is another server's to serve is elsewhere. */
function servedDestination(
  request: IncomingMessage,
  scope: GatewayScope,
  roles: GatewayOptions['roles'],
): ReturnType<typeof readDestination> {
  const destination = readDestination(request, scope)
  if (destination.kind === 'elsewhere' && probes.test(request.url!)) return { kind: 'store' }
  if (!roles) return destination
  const isServed =
    (destination.kind !== 'instance' || roles.has('gateway')) &&
    (destination.kind !== 'store' || roles.has('api') || everywhere.test(request.url!))
  return isServed ? destination : { kind: 'elsewhere' }
}

/** No app runs on the store's host: `/instance/<id>/…` is the form that some old links have. */
function serveStore(scope: GatewayScope, store: GatewayOptions['store'], incoming: Incoming): void {
  const { request, response, expectsContinue } = incoming
  const id = /^\/instance\/([^/?#]+)/.exec(request.url!)?.[1]
  if (id !== undefined && isLabel(id)) {
    redirect(response, { status: 307, location: instanceOrigin(id, scope) + request.url })
  } else {
    if (expectsContinue) response.writeContinue()
    store(request, response)
  }
}

function serveUpgrade(scope: GatewayScope, { storeUpgrade, roles }: GatewayOptions, incoming: IncomingUpgrade): void {
  const { request, socket, head } = incoming
  const destination = servedDestination(request, scope, roles)
  if (destination.kind === 'store' && storeUpgrade) {
    storeUpgrade(request, socket, head)
  } else if (destination.kind === 'instance') {
    upgradeInstance(scope, incoming, destination.label).catch((error) => {
      scope.logger.error({ err: error }, 'a WebSocket could not be let through')
      refuseUpgrade(socket, storeInTrouble)
    })
  } else if (destination.kind === 'malformed') {
    scope.logger.info({ reason: destination.reason }, 'a handshake was refused')
    refuseUpgrade(socket, { status: 400, code: 'invalid_request', detail: destination.reason })
  } else {
    refuseUpgrade(socket, { status: 404, code: 'not_found', detail: 'No WebSocket is served here.' })
  }
}

function reportTrouble({ logger }: GatewayScope, { request, response }: Incoming, error: unknown): void {
  logger.error({ err: error }, 'a request to an instance could not be served')
  const again = { afterSeconds: 5, target: request.url! }
  const page = { title: 'The store is in trouble', text: storeInTrouble.detail, again }
  if (response.headersSent) response.destroy()
  else sendRefusal({ request, response }, storeInTrouble, () => plainPage(page))
}
