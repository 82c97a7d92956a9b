import type { Request, Response } from 'express'
import type { Actor } from '../actor.ts'
import { type Resolved, resolveLabel } from '../aliases/resolve-label.ts'
import { AppError, notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { isLabel } from '../gateway/destination.ts'
import { secondTryPath } from '../gateway/sign-in-flow.ts'
import { instanceOrigin } from '../instances/instance-url.ts'
import { may } from '../instances/policy.ts'
import type { InstanceRow } from '../instances/repository.ts'
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
  const resolved = await resolveLabel(context, label)
  const found = actor && openTo(actor, resolved)
  if (!found && !isSilent) throw absent(actor!, label, resolved)
  const code =
    found &&
    (await context.tickets.issueCode({ sessionToken: sessionToken(request)!, instanceId: found.id, nonceHash }))
  const origin = instanceOrigin(context.config, label)
  const return_to = safeReturnTo(request.query.return_to, new URL(origin))
  if (found && isToGoOn(resolved, label, return_to) && !isSilent)
    return response.set('Cache-Control', 'no-store').redirect(instanceOrigin(context.config, resolved.main) + return_to)
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

function openTo(actor: Actor, resolved: Resolved | undefined): InstanceRow | null {
  const instance = resolved?.instance
  return instance && may.open(actor, instance) ? instance : null
}

/** Every other address of an instance leads to its primary name: signing in there would be for nothing. */
function isToGoOn(resolved: Resolved | undefined, label: string, returnTo: string): resolved is Resolved {
  return resolved !== undefined && resolved.main !== label && !returnTo.startsWith(secondTryPath)
}

/** Whose name it is may know what became of it; to everybody else it is a name like any that nobody has. */
function absent(actor: Actor, label: string, resolved: Resolved | undefined): AppError {
  const mayKnow = actor.isAdmin || resolved?.ownerId === actor.id
  if (!resolved || resolved.instance || resolved.ownerId === null || !mayKnow) return notFound('instance', label)
  return new AppError(
    'not_found',
    `The instance that ${label} led to was terminated. The name is still kept: give it another instance in the settings of that one.`,
  )
}
