import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { instanceOrigin } from './destination.ts'
import { noNonceCookie, nonceCookie, readNonce, ticketCookie } from './gateway-cookies.ts'
import type { GatewayScope } from './gateway-scope.ts'
import { forgotten } from './own-sign-in.ts'
import { plainPage } from './pages/plain-page.ts'
import { redirect, sendPage } from './respond.ts'
import { reservedPrefix, safeReturnPath } from './return-path.ts'
import type { Visit } from './visit.ts'

type FlowScope = Pick<GatewayScope, 'ports' | 'publicUrl' | 'appsHost' | 'logger'>

export interface InstanceExchange {
  request: IncomingMessage
  response: ServerResponse
  label: string
}

export const ticketPath = `${reservedPrefix}ticket`
/** For links of apps that are open to all: `?return_to=/path` says where to go on. */
export const signInPath = `${reservedPrefix}sign-in`
/** Stands around the path to return to when sign-in is tried a second time, so that there is no third. */
export const secondTryPath = `${reservedPrefix}second-try`

/**
 * Sends a browser to the store for a one-time code. The nonce cookie, set before, ties the code to this browser: a
 * link with somebody else's code in it signs nobody in. Tabs that sign in side by side share one nonce. All that the
 * store is told is the label, so that the way there is the same for an instance that is not there.
 *
 * @param options.returnTo the path to come back to; the request's own where it is not given
 * @param options.isSilent come back at once rather than ask anybody anything
 */
export function beginSignIn(
  scope: FlowScope,
  { request, response, label }: InstanceExchange,
  options: { returnTo?: string; isSilent?: boolean } = {},
): void {
  const nonce = readNonce(request) ?? randomBytes(16).toString('base64url')
  const url = new URL('/auth/instance', scope.publicUrl)
  url.searchParams.set('instance', label)
  url.searchParams.set('nonce', createHash('sha256').update(nonce).digest('base64url'))
  url.searchParams.set('return_to', options.returnTo ?? safeReturnPath(request.url!))
  if (options.isSilent) url.searchParams.set('prompt', 'none')
  redirect(response, { status: 302, location: url.href, cookies: [nonceCookie(nonce)] })
}

/**
 * The browser comes back with a code: it becomes the ticket of this host, and the visit goes on where it began. Another
 * tab may have finished first, and have used up the nonce; an aging ticket that got no fresh one is still good.
 */
export async function finishSignIn(scope: FlowScope, exchange: InstanceExchange, visit: Visit): Promise<void> {
  const { request, response, label } = exchange
  const query = new URL(request.url!, instanceOrigin(label, scope)).searchParams
  const { path, isSecondTry } = readReturn(query.get('return_to'))
  const location = instanceOrigin(label, scope) + path
  const isKnown = visit.kind === 'open' && visit.user !== null
  if (isKnown && !visit.isAging) return redirect(response, { status: 302, location })

  const nonce = readNonce(request)
  const code = query.get('code')
  const instance = await scope.ports.find(label)
  const instanceId = instance?.id ?? label
  // Without a nonce it is good for nothing, and used up: scripts of the app may read the address of a page that fails.
  const redeemed = code ? await scope.ports.redeem({ code, instanceId, nonce }) : undefined
  if (redeemed) {
    const cookies = [ticketCookie(redeemed.ticket), noNonceCookie(), ...(isKnown ? [] : forgotten(instance, path))]
    return redirect(response, { status: 302, location, cookies })
  }
  if (isKnown) return redirect(response, { status: 302, location })
  scope.logger.info(
    { instanceId, hasCode: code !== null, hasNonce: nonce !== undefined, isSecondTry },
    'sign-in code was refused',
  )
  if (isSecondTry) return sendPage(response, { status: 403, html: signInFailedPage(location) })
  beginSignIn(scope, exchange, { returnTo: `${secondTryPath}?${new URLSearchParams({ to: path })}` })
}

/** Somebody at an instance that is open to all says who they are. */
export function enterByName(scope: FlowScope, exchange: InstanceExchange, visit: Visit): void {
  const { request, response, label } = exchange
  const origin = instanceOrigin(label, scope)
  const returnTo = safeReturnPath(new URL(request.url!, origin).searchParams.get('return_to'))
  const isKnown = visit.kind === 'open' && visit.user !== null
  if (isKnown) redirect(response, { status: 302, location: origin + returnTo })
  else beginSignIn(scope, exchange, { returnTo })
}

function readReturn(returnTo: string | null): { path: string; isSecondTry: boolean } {
  const path = safeReturnPath(returnTo)
  if (!path.startsWith(`${secondTryPath}?`)) return { path, isSecondTry: false }
  const inner = new URLSearchParams(path.slice(secondTryPath.length + 1)).get('to')
  return { path: safeReturnPath(inner), isSecondTry: true }
}

function signInFailedPage(location: string): string {
  return plainPage({
    title: 'Sign-in did not finish',
    text: 'The store signed you in, but this browser did not keep the cookie that proves it. Allow cookies for this address, then open it again.',
    link: { href: location, text: 'Open it again' },
  })
}
