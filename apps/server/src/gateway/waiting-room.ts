import type { ServerResponse } from 'node:http'
import type { GatewayScope } from './gateway-scope.ts'
import { splitTarget } from './instance-path.ts'
import { failurePage } from './pages/failure-page.ts'
import { logLines, logText } from './pages/log-lines.ts'
import { waitingPage } from './pages/waiting-page.ts'
import { hasFailed, stillStarting, tooManyWait } from './refusals.ts'
import { type Exchange, isNavigation, sendJson, sendPage, sendProblem } from './respond.ts'
import { reservedPrefix } from './return-path.ts'
import { roomState, roomTimes } from './room-state.ts'
import { storePageOf } from './store-page.ts'
import type { OpenVisit } from './visit.ts'

export const statusPath = `${reservedPrefix}status`
export const eventsPath = `${reservedPrefix}events`

/** Pictures that hold no script, whatever their bytes. */
const iconTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/**
 * What stands in for an app that does not run. Browsers show the page although the status says that it is not the
 * app's; programs get a problem, and are told when to come again.
 */
export async function sendWaitingRoom(scope: GatewayScope, exchange: Exchange, visit: OpenVisit): Promise<void> {
  const { request, response } = exchange
  const { instance } = visit
  const hasEnded = instance.status === 'FAILED'
  if (!isNavigation(request)) return sendProblem(response, hasEnded ? hasFailed : stillStarting)

  const log = visit.readLogs ? await scope.ports.tail(instance.id, logLines) : null
  const storePage = storePageOf(scope, instance)
  if (hasEnded) return sendPage(response, { status: 502, html: failurePage({ instance, log, storePage }) })
  const told = { ...roomState(instance), ...roomTimes(instance, scope.clock.now()) }
  const html = waitingPage({ instance, told, log, storePage, target: request.url! })
  sendPage(response, { status: 503, html, retryAfterSeconds: 1 })
}

/** Tells the waiting page what becomes of the instance, as it happens; the log only while it is unfolded. */
export function sendEvents(scope: GatewayScope, exchange: Exchange, visit: OpenVisit): void {
  if (!scope.rooms.open(scope, exchange, visit)) sendProblem(exchange.response, tooManyWait)
}

/** What the waiting page asks for where it is not told: while nobody looks at it, and when the stream breaks. */
export async function sendStatus(scope: GatewayScope, { request, response }: Exchange, visit: OpenVisit) {
  const { instance, readLogs } = visit
  const wantsLog = readLogs && new URLSearchParams(splitTarget(request.url!).query).has('log')
  sendJson(response, {
    ...roomState(instance),
    ...roomTimes(instance, scope.clock.now()),
    ...(wantsLog ? { log: logText(await scope.ports.tail(instance.id, logLines)) } : {}),
  })
}

export async function sendIcon({ ports }: GatewayScope, response: ServerResponse, visit: OpenVisit): Promise<void> {
  const icon = visit.instance.app.hasIcon ? await ports.icon(visit.instance.id) : undefined
  if (!icon || !iconTypes.has(icon.mediaType)) {
    return sendProblem(response, { status: 404, code: 'not_found', detail: 'The app has no icon.' })
  }
  response.writeHead(200, {
    'Content-Type': icon.mediaType,
    'Content-Length': icon.bytes.byteLength,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=300',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(icon.bytes)
}
