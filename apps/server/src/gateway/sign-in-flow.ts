import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { instanceOrigin } from './destination.ts'
import { noNonceCookie, nonceCookie, readNonce, readTicket, ticketCookie } from './gateway-cookies.ts'
import type { GatewayScope } from './gateway-scope.ts'
import { plainPage } from './pages/plain-page.ts'
import type { GatewayInstance } from './ports.ts'
import { redirect, sendPage } from './respond.ts'
import { reservedPrefix, safeReturnPath } from './return-path.ts'

type FlowScope = Pick<GatewayScope, 'ports' | 'publicUrl' | 'appsHost' | 'logger'>

export interface InstanceExchange {
  request: IncomingMessage
  response: ServerResponse
  label: string
  instance: GatewayInstance
}

export const ticketPath = `${reservedPrefix}ticket`
/** Stands around the path to return to when sign-in is tried a second time, so that there is no third. */
const secondTryPath = `${reservedPrefix}second-try`

/**
 * Sends a browser to the store for a one-time code. The nonce cookie, set before, ties the code to this browser: a
 * link with somebody else's code in it signs nobody in. Tabs that sign in side by side share one nonce.
 */
export function beginSignIn(scope: FlowScope, { request, response, instance }: InstanceExchange, returnTo?: string) {
  const nonce = readNonce(request) ?? randomBytes(16).toString('base64url')
  const url = new URL('/auth/instance', scope.publicUrl)
  url.searchParams.set('instance', instance.id)
  url.searchParams.set('nonce', createHash('sha256').update(nonce).digest('base64url'))
  url.searchParams.set('return_to', returnTo ?? safeReturnPath(request.url!))
  redirect(response, { status: 302, location: url.href, cookies: [nonceCookie(nonce)] })
}

/** The browser comes back with a code: it becomes the ticket of this host, and the visit goes on where it began. */
export async function finishSignIn(scope: FlowScope, exchange: InstanceExchange): Promise<void> {
  const { request, response, label, instance } = exchange
  const query = new URL(request.url!, instanceOrigin(label, scope)).searchParams
  const { path, isSecondTry } = readReturn(query.get('return_to'))
  const location = instanceOrigin(label, scope) + path
  if (await isAlreadyIn(scope, exchange)) return redirect(response, { status: 302, location })

  const nonce = readNonce(request)
  const code = query.get('code')
  const redeemed = nonce && code ? await scope.ports.redeem({ code, instanceId: instance.id, nonce }) : undefined
  if (redeemed) {
    const cookies = [ticketCookie(redeemed.ticket), noNonceCookie()]
    return redirect(response, { status: 302, location, cookies })
  }
  scope.logger.info({ instanceId: instance.id, hasNonce: nonce !== undefined, isSecondTry }, 'sign-in code was refused')
  if (isSecondTry) return sendPage(response, { status: 403, html: signInFailedPage(location) })
  beginSignIn(scope, exchange, `${secondTryPath}?${new URLSearchParams({ to: path })}`)
}

/** Another tab may have finished first, and have used up the nonce. */
async function isAlreadyIn({ ports }: FlowScope, { request, instance }: InstanceExchange): Promise<boolean> {
  const ticket = readTicket(request)
  return ticket !== undefined && (await ports.admit(instance.id, ticket)).kind === 'open'
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
