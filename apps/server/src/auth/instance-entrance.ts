import type { Request, Response } from 'express'
import { notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { instanceOrigin } from '../instances/instance-url.ts'
import { may } from '../instances/policy.ts'
import { actorOf, sessionToken } from './browser-session.ts'
import { safeReturnTo } from './return-to.ts'

/**
 * Where an instance's address sends a browser that it does not know: somebody who may open the instance gets a one-time
 * code for it, somebody who is not signed in signs in first.
 */
export async function instanceEntrance(context: AppContext, request: Request, response: Response): Promise<void> {
  const { instance: id, nonce, return_to } = request.query
  if (typeof id !== 'string' || typeof nonce !== 'string') throw notFound('instance', String(id))
  const actor = await actorOf(context, request)
  if (!actor) return response.redirect(`/auth/sign-in?return_to=${encodeURIComponent(request.originalUrl)}`)
  const found = await context.instances.byId(id)
  if (!found || !may.open(actor, found)) throw notFound('instance', id)
  const code = await context.tickets.issueCode({
    sessionToken: sessionToken(request)!,
    instanceId: id,
    nonceHash: nonce,
  })
  const origin = instanceOrigin(context.config, id)
  const query = new URLSearchParams({ code, return_to: safeReturnTo(return_to, new URL(origin)) })
  response.set('Cache-Control', 'no-store').redirect(`${origin}/_wave-store/ticket?${query}`)
}
