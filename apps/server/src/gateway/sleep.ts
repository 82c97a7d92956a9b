import type { IncomingMessage } from 'node:http'
import type { GatewayScope } from './gateway-scope.ts'
import { splitTarget } from './instance-path.ts'
import { isLookingAhead, isOpening } from './opening.ts'
import { sleepingPage, stillAsleepPage } from './pages/sleeping-page.ts'
import type { Waking } from './ports.ts'
import { asleep } from './refusals.ts'
import { type Exchange, isNavigation, isTopLevelNavigation, sendPage, sendProblem } from './respond.ts'
import { reservedPrefix, safeReturnPath } from './return-path.ts'
import { storePageOf } from './store-page.ts'
import type { OpenVisit } from './visit.ts'

/** The link on the page of a sleeping instance: `?return_to=/path` is where its app is to be opened. */
export const wakePath = `${reservedPrefix}wake`
/**
 * Where somebody comes back to from sign-in who did not open the page themselves: on the way through the store that
 * cannot be told any more.
 */
export const backPath = `${reservedPrefix}back`

/**
 * Wakes an instance for who opens its page, and says why where it cannot be. Everything else finds it asleep.
 *
 * @returns the visit as it goes on; undefined: it was answered
 */
export async function wakeForVisit(
  scope: GatewayScope,
  exchange: Exchange,
  visit: OpenVisit,
): Promise<OpenVisit | undefined> {
  const { request, response } = exchange
  if (!isOpening(request) && !isWakeLink(request)) {
    sendAsleep(scope, exchange, visit, request.url!)
    return undefined
  }
  const { instance, ticket, address, label } = visit
  const waking = await scope.ports.wake({ instanceId: instance.id, ticket, address })
  if (response.destroyed) return undefined
  const now = waking.kind === 'awake' ? await scope.ports.find(label) : undefined
  if (now && now.status !== 'SUSPENDED') return { ...visit, instance: now }
  sendStillAsleep(scope, exchange, visit, waking)
  return undefined
}

/** What stands in for an app that sleeps where nobody is there to wake it for. */
export function sendAsleep(
  scope: GatewayScope,
  { request, response }: Exchange,
  { instance }: OpenVisit,
  target: string,
): void {
  if (!isNavigation(request)) {
    sendProblem(response, asleep)
    return
  }
  const wakeLink = `${wakePath}?${new URLSearchParams({ return_to: safeReturnPath(target) })}`
  const html = sleepingPage({ instance, wakeLink, storePage: storePageOf(scope, instance) })
  sendPage(response, { status: asleep.status, html })
}

/** The path and query that a reserved path leads on to. */
export function returnPathOf(request: IncomingMessage): string {
  return safeReturnPath(new URLSearchParams(splitTarget(request.url!).query).get('return_to'))
}

function sendStillAsleep(scope: GatewayScope, { response }: Exchange, { instance }: OpenVisit, waking: Waking): void {
  const refused = waking.kind === 'refused' ? waking : { reason: asleep.detail, code: asleep.code }
  const html = stillAsleepPage({ instance, reason: refused.reason, storePage: storePageOf(scope, instance) })
  const isTooOften = refused.code === 'rate_limited'
  const retryAfterSeconds = waking.kind === 'refused' ? waking.retryAfterSeconds : undefined
  sendPage(response, { status: isTooOften ? 429 : 503, html, ...(retryAfterSeconds && { retryAfterSeconds }) })
}

/** Somebody pressed it, though browsers may not say so. */
export function isWakeLink(request: IncomingMessage): boolean {
  if (request.method !== 'GET' || !isTopLevelNavigation(request) || isLookingAhead(request)) return false
  return splitTarget(request.url!).path === wakePath
}
