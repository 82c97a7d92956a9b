import type { IncomingMessage, ServerResponse } from 'node:http'
import { instanceOrigin } from './destination.ts'
import type { GatewayScope } from './gateway-scope.ts'
import { movedTo, splitTarget } from './instance-path.ts'
import { mainAddress } from './main-address.ts'
import { beginForgetting, clearedPath, finishForgetting, isStale } from './moved-name.ts'
import { isByScript } from './opening.ts'
import { signOutOfApp } from './own-sign-in.ts'
import { iconPath } from './pages/app-icon.ts'
import { sendAsset } from './pages/page-assets.ts'
import { plainPage } from './pages/plain-page.ts'
import { ProxiedRequest } from './proxied-request.ts'
import { leadsElsewhere, noServiceWorker, noSuchInstance, signInNeeded } from './refusals.ts'
import { type Exchange, isTopLevelNavigation, redirect, sendProblem, sendRefusal } from './respond.ts'
import { reservedPrefix, safeReturnPath } from './return-path.ts'
import { beginSignIn, enterByName, finishSignIn, signInPath, ticketPath } from './sign-in-flow.ts'
import { backPath, isWakeLink, returnPathOf, sendAsleep, wakeForVisit, wakePath } from './sleep.ts'
import { type OpenVisit, readVisit } from './visit.ts'
import { eventsPath, sendEvents, sendIcon, sendStatus, sendWaitingRoom, statusPath } from './waiting-room.ts'

export interface Incoming {
  request: IncomingMessage
  response: ServerResponse
  /** The client holds its body back until it is told to go on. */
  expectsContinue: boolean
}

/** Answers one request to an instance's host. */
export async function serveInstance(scope: GatewayScope, incoming: Incoming, label: string): Promise<void> {
  const { request, response } = incoming
  if (request.headers['service-worker'] !== undefined) {
    scope.logger.info({ label }, 'a service worker was refused')
    return sendProblem(response, noServiceWorker)
  }
  if (sendAsset(request, response)) return
  const visit = await readVisit(scope, request, label)
  if (response.destroyed) return
  if (visit.kind === 'unknown') return sendRefusal(incoming, noSuchInstance, () => unknownPage(scope.publicUrl))

  const exchange = { request, response, label }
  const { path } = splitTarget(request.url!)
  const canRedirect = request.method === 'GET' && isTopLevelNavigation(request)
  if (path === ticketPath && canRedirect) return finishSignIn(scope, exchange, visit)
  if (visit.kind === 'sign_in')
    return canRedirect ? beginSignIn(scope, exchange, comingBack(request)) : sendProblem(response, signInNeeded)
  if (path === clearedPath && canRedirect) return finishForgetting(scope, exchange, visit)
  if (isStale(request, visit))
    return canRedirect ? beginForgetting(scope, exchange, visit) : sendProblem(response, leadsElsewhere)
  const elsewhere = mainAddress(scope, request, visit)
  if (elsewhere !== undefined) return redirect(response, { status: 302, location: elsewhere })
  if (path === signInPath && canRedirect) return enterByName(scope, exchange, visit)
  if (path.startsWith(reservedPrefix)) return serveReserved(scope, incoming, visit)
  const moved = movedTo(request.url!, visit.instance, label)
  if (moved !== undefined) {
    return redirect(response, { status: 307, location: instanceOrigin(label, scope) + moved })
  }
  const { ownSignIn } = visit.instance
  if (canRedirect && path === ownSignIn?.signOutPath) return signOutOfApp(response, visit.instance, ownSignIn)
  const awake = visit.instance.status === 'SUSPENDED' ? await wakeForVisit(scope, incoming, visit) : visit
  if (!awake) return
  if (canRedirect && isTimeToRenew(scope, awake)) return beginSignIn(scope, exchange, { isSilent: true })
  if (awake.instance.status !== 'DEPLOYED') return sendWaitingRoom(scope, incoming, awake)
  new ProxiedRequest(scope, incoming, awake).begin()
}

function isTimeToRenew({ renewals }: GatewayScope, { isAging, ticket }: OpenVisit): boolean {
  return isAging === true && ticket !== undefined && renewals.begin(ticket)
}

/** Where to go on after sign-in: see `backPath`. */
function comingBack(request: IncomingMessage): { returnTo?: string } {
  if (!isByScript(request)) return {}
  return { returnTo: `${backPath}?${new URLSearchParams({ return_to: safeReturnPath(request.url!) })}` }
}

async function serveReserved(scope: GatewayScope, { request, response }: Exchange, visit: OpenVisit): Promise<void> {
  const { path } = splitTarget(request.url!)
  if (path === wakePath || path === backPath) return goOn(scope, { request, response }, visit)
  if (path === eventsPath && request.method === 'GET') return sendEvents(scope, { request, response }, visit)
  if (path === statusPath) return sendStatus(scope, { request, response }, visit)
  if (path === iconPath) return sendIcon(scope, response, visit)
  sendProblem(response, { status: 404, code: 'not_found', detail: 'Nothing is served here.' })
}

/** Leads on to a path of the app: by the link that wakes it, or back from sign-in, which does not. */
async function goOn(scope: GatewayScope, exchange: Exchange, visit: OpenVisit): Promise<void> {
  const returnTo = returnPathOf(exchange.request)
  if (visit.instance.status === 'SUSPENDED') {
    if (!isWakeLink(exchange.request)) return sendAsleep(scope, exchange, visit, returnTo)
    if (!(await wakeForVisit(scope, exchange, visit))) return
  }
  redirect(exchange.response, { status: 302, location: instanceOrigin(visit.label, scope) + returnTo })
}

function unknownPage(publicUrl: URL): string {
  const text = 'It was terminated, the address has a mistake, or its owner does not share it with you.'
  return plainPage({
    title: 'There is no such instance',
    text,
    link: { href: publicUrl.origin, text: 'Go to the store' },
  })
}
