import type { Request, Response } from 'express'
import type { Actor } from '../actor.ts'
import { AppError, notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { isLabel } from '../gateway/destination.ts'
import { instanceOrigin } from '../instances/instance-url.ts'
import { may } from '../instances/policy.ts'
import { actorOf, sessionToken } from './browser-session.ts'
import { safeReturnTo } from './return-to.ts'

/**
 * Where an instance's address sends a browser that it does not know: somebody who may open the instance gets a one-time
 * code for it, somebody who is not signed in signs in first, whether there is such an instance or not. With
 * `prompt=none` nobody is asked anything: who gets no code is sent back without one.
 */
export async function instanceEntrance(context: AppContext, request: Request, response: Response): Promise<void> {
  const { label, nonceHash, isSilent } = readQuery(request)
  const actor = await actorOf(context, request)
  if (!actor && !isSilent)
    return response.redirect(`/auth/sign-in?return_to=${encodeURIComponent(request.originalUrl)}`)
  const found = actor && (await findOpen(context, actor, label))
  if (!found && !isSilent) throw notFound('instance', label)
  const code =
    found &&
    (await context.tickets.issueCode({ sessionToken: sessionToken(request)!, instanceId: found.id, nonceHash }))
  const origin = instanceOrigin(context.config, label)
  const return_to = safeReturnTo(request.query.return_to, new URL(origin))
  const query = new URLSearchParams({ ...(code && { code }), return_to })
  response.set('Cache-Control', 'no-store').redirect(`${origin}/_wave-store/ticket?${query}`)
}

/** @throws {AppError} `invalid_request` for what no instance's address sends here */
function readQuery({ query }: Request): { label: string; nonceHash: string; isSilent: boolean } {
  const { instance: label, nonce: nonceHash, prompt } = query
  if (typeof label !== 'string' || !isLabel(label))
    throw new AppError('invalid_request', 'The address names no instance. Open the instance at its own address.')
  if (typeof nonceHash !== 'string' || !/^[\w-]{43}$/.test(nonceHash))
    throw new AppError('invalid_request', 'The address is not whole. Open the instance at its own address.')
  return { label, nonceHash, isSilent: prompt === 'none' }
}

async function findOpen({ instances }: Pick<AppContext, 'instances'>, actor: Actor, label: string) {
  const found = await instances.byId(label)
  return found && found.wanted !== 'gone' && may.open(actor, found) ? found : null
}
