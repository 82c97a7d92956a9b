import express, { type Request, type Response, Router } from 'express'
import { recordEvent } from '../audit/record-event.ts'
import type { AppContext } from '../context.ts'
import { clientAddress, networkOf } from '../http/client-address.ts'
import { readCookie } from '../http/cookies.ts'
import { hashToken } from '../token.ts'
import { cookieOptions, endSession, keepSession } from './browser-session.ts'
import { callbackPath, endSessionPath } from './clients.ts'
import { continueEndSession, showEndSession } from './end-session.ts'
import { instanceEntrance } from './instance-entrance.ts'
import { continueInteraction, showInteraction } from './interaction.ts'
import { safeReturnTo } from './return-to.ts'
import { completeUpstream, upstreamCallbackPath } from './upstream-sign-in.ts'

/** Pages and redirects of signing in; outside the contract, since only browsers come here. */
export function authRoutes(context: AppContext): Router {
  const router = Router()
  router.get('/auth/sign-in', (request, response) => beginSignIn(context, request, response))
  router.get(callbackPath, (request, response) => completeSignIn(context, request, response))
  router.get('/auth/interaction/:uid', (request, response) => showInteraction(context, request, response))
  router.post('/auth/interaction/:uid', express.urlencoded({ extended: false }), (request, response) =>
    continueInteraction(context, request, response),
  )
  router.get(endSessionPath, (request, response) => showEndSession(context, request, response))
  router.post(endSessionPath, express.urlencoded({ extended: false }), (request, response) =>
    continueEndSession(context, request, response),
  )
  const { upstream } = context
  if (upstream)
    router.get(upstreamCallbackPath, (request, response) => completeUpstream(context, upstream, request, response))
  router.get('/auth/instance', (request, response) => instanceEntrance(context, request, response))
  return router
}

async function beginSignIn(context: AppContext, request: Request, response: Response): Promise<void> {
  await context.limits.signIns.take(networkOf(clientAddress(request, context.config.proxyHops)))
  const { url, state } = await context.relyingParty.begin(
    safeReturnTo(request.query.return_to, context.config.publicUrl),
  )
  response.cookie(signInCookie(state), state, { ...cookieOptions, maxAge: 60 * 60 * 1000 })
  response.redirect(url.href)
}

async function completeSignIn(context: AppContext, request: Request, response: Response): Promise<void> {
  const claimed = typeof request.query.state === 'string' ? request.query.state : ''
  const cookie = signInCookie(claimed)
  const state = readCookie(request.headers.cookie, cookie)
  const url = new URL(request.originalUrl, context.config.publicUrl)
  const { personId, returnTo } = await context.relyingParty.complete(url, state)
  response.clearCookie(cookie, cookieOptions)
  await endSession(context, request, response)
  const seenAt = {
    agent: request.headers['user-agent'] ?? '',
    address: clientAddress(request, context.config.proxyHops),
  }
  keepSession(response, await context.sessions.create(personId, seenAt), context.config.sessions.lifetimeMs)
  const actor = (await context.people.byId(personId)) ?? null
  await recordEvent(context, request, { actor, action: 'session.sign-in', detail: seenAt.agent })
  response.redirect(returnTo)
}

/** One cookie a sign-in, so that two tabs can sign in at once. */
function signInCookie(state: string): string {
  return `__Host-wave-sign-in-${hashToken(state).replaceAll('-', '').slice(0, 8)}`
}
