import type { IncomingMessage, ServerResponse } from 'node:http'
import { instanceOrigin } from './destination.ts'
import type { GatewayScope } from './gateway-scope.ts'
import { movedTo, splitTarget } from './instance-path.ts'
import { signOutOfApp } from './own-sign-in.ts'
import { iconPath } from './pages/app-icon.ts'
import { sendAsset } from './pages/page-assets.ts'
import { plainPage } from './pages/plain-page.ts'
import { ProxiedRequest } from './proxied-request.ts'
import { noServiceWorker, noSuchInstance, signInNeeded } from './refusals.ts'
import { isTopLevelNavigation, redirect, sendProblem, sendRefusal } from './respond.ts'
import { reservedPrefix } from './return-path.ts'
import { beginSignIn, enterByName, finishSignIn, signInPath, ticketPath } from './sign-in-flow.ts'
import { type OpenVisit, readVisit } from './visit.ts'
import { sendIcon, sendStatus, sendWaitingRoom, statusPath } from './waiting-room.ts'

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
  if (visit.kind === 'sign_in') return canRedirect ? beginSignIn(scope, exchange) : sendProblem(response, signInNeeded)
  if (path === signInPath && canRedirect) return enterByName(scope, exchange, visit)
  if (path.startsWith(reservedPrefix)) return serveReserved(scope, incoming, visit)
  const moved = movedTo(request.url!, visit.instance)
  if (moved !== undefined) {
    return redirect(response, { status: 307, location: instanceOrigin(label, scope) + moved })
  }
  const { ownSignIn } = visit.instance
  if (canRedirect && path === ownSignIn?.signOutPath) return signOutOfApp(response, visit.instance, ownSignIn)
  if (canRedirect && isTimeToRenew(scope, visit)) return beginSignIn(scope, exchange, { isSilent: true })
  if (visit.instance.status !== 'DEPLOYED') return sendWaitingRoom(scope, incoming, visit)
  new ProxiedRequest(scope, incoming, visit).begin()
}

function isTimeToRenew({ renewals }: GatewayScope, { isAging, ticket }: OpenVisit): boolean {
  return isAging === true && ticket !== undefined && renewals.begin(ticket)
}

async function serveReserved(scope: GatewayScope, { request, response }: Incoming, visit: OpenVisit): Promise<void> {
  const { path } = splitTarget(request.url!)
  if (path === statusPath) return sendStatus(scope, { request, response }, visit)
  if (path === iconPath) return sendIcon(scope, response, visit)
  sendProblem(response, { status: 404, code: 'not_found', detail: 'Nothing is served here.' })
}

function unknownPage(publicUrl: URL): string {
  const text = 'It was terminated, the address has a mistake, or its owner does not share it with you.'
  return plainPage({
    title: 'There is no such instance',
    text,
    link: { href: publicUrl.origin, text: 'Go to the store' },
  })
}
