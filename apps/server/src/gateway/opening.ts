import type { IncomingMessage } from 'node:http'
import { isTopLevelNavigation } from './respond.ts'

/**
 * Whether somebody opens a page by the request, who is to find the app awake: a whole tab, by an address, a link or a
 * reload. A page that reloads or leads on by itself (a forgotten tab's) opens nothing, nor does a browser that looks
 * ahead. Browsers that do not say so count as people.
 */
export function isOpening(request: IncomingMessage): boolean {
  if (request.method !== 'GET' || !isTopLevelNavigation(request) || isLookingAhead(request)) return false
  return !isByScript(request)
}

/** Navigations that a page of this origin began without a click or a key. */
export function isByScript({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-site'] === 'same-origin' && headers['sec-fetch-user'] !== '?1'
}

/** Prefetching and prerendering: nobody has asked for the page yet, and perhaps nobody will. */
export function isLookingAhead({ headers }: IncomingMessage): boolean {
  const purpose = [headers['sec-purpose'], headers.purpose, headers['x-moz'], headers['x-purpose']].join(' ')
  return /prefetch|prerender|preview/i.test(purpose)
}
