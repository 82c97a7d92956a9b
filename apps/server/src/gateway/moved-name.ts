import type { IncomingMessage } from 'node:http'
import { instanceOrigin } from './destination.ts'
import { appCookieNames, moveCookie, noAppCookie, readMoveMark } from './gateway-cookies.ts'
import type { GatewayScope } from './gateway-scope.ts'
import { splitTarget } from './instance-path.ts'
import { plainPage } from './pages/plain-page.ts'
import { type Exchange, redirect, sendPage } from './respond.ts'
import { reservedPrefix, safeReturnPath } from './return-path.ts'
import type { OpenVisit, Visit } from './visit.ts'

/** Where a browser comes that has forgotten; `kept` in its query: it was told to remember that. */
export const clearedPath = `${reservedPrefix}cleared`

const maxCookies = 40

/**
 * Whether a browser may still hold what another app has left it at this name. Programs that are no browsers, and send
 * nothing back, hold nothing.
 */
export function isStale(request: IncomingMessage, visit: Visit): boolean {
  if (visit.kind !== 'open' || visit.instance.moveMark === null) return false
  if (readMoveMark(request) === visit.instance.moveMark) return false
  const { accept = '', cookie, origin, 'sec-fetch-mode': mode } = request.headers
  return mode !== undefined || origin !== undefined || cookie !== undefined || accept.includes('text/html')
}

/**
 * Has a browser forget what the app before has left it here, before anything of the new one reaches it. Cookies are
 * forgotten first and by themselves: what is set in the same answer would go with them.
 */
export function beginForgetting(scope: GatewayScope, { request, response }: Exchange, { label }: OpenVisit): void {
  const query = new URLSearchParams({ to: safeReturnPath(request.url!) })
  const headers = { 'Clear-Site-Data': scope.hostsAreSites ? '"cookies", "storage", "cache"' : '"storage", "cache"' }
  const location = `${instanceOrigin(label, scope)}${clearedPath}?${query}`
  redirect(response, { status: 302, location, headers, cookies: expired(request, safeReturnPath(request.url!)) })
}

/** Writes down that it is done, and goes on to the page. Whoever comes here by themselves has forgotten by it as well. */
export function finishForgetting(scope: GatewayScope, { request, response }: Exchange, visit: OpenVisit): void {
  const query = new URLSearchParams(splitTarget(request.url!).query)
  const to = safeReturnPath(query.get('to'))
  const origin = instanceOrigin(visit.label, scope)
  if (!isStale(request, visit)) redirect(response, { status: 302, location: origin + to })
  else if (query.has('kept')) sendPage(response, { status: 403, html: nothingKeptPage(origin + to) })
  else
    redirect(response, {
      status: 302,
      location: `${origin}${clearedPath}?${new URLSearchParams({ to, kept: '' })}`,
      headers: { 'Clear-Site-Data': '"storage", "cache"' },
      cookies: [...expired(request, to), moveCookie(visit.instance.moveMark!)],
    })
}

/** Where hosts are no sites of their own, cookies go one by one, at every path that leads to the page. */
function expired(request: IncomingMessage, target: string): string[] {
  const parts = splitTarget(target).path.split('/').slice(1, 6)
  const paths = ['/', ...parts.map((_part, index) => `/${parts.slice(0, index + 1).join('/')}`)]
  const safePaths = [...new Set(paths)].filter((path) => !path.includes(';'))
  return appCookieNames(request)
    .slice(0, maxCookies)
    .flatMap((name) => safePaths.map((path) => `${noAppCookie(name, path)}; Secure`))
}

function nothingKeptPage(location: string): string {
  return plainPage({
    title: 'This browser keeps no cookies here',
    text: 'The address leads to another app than before, and this browser cannot remember that it has forgotten the one before. Allow cookies for this address, then open it again.',
    link: { href: location, text: 'Open it again' },
  })
}
