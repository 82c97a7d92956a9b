import type { IncomingMessage } from 'node:http'
import type { Request, Response } from 'express'
import type { Actor } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { clientAddress } from '../http/client-address.ts'
import { readCookie } from '../http/cookies.ts'

const sessionCookie = '__Host-wave-session'
export const cookieOptions = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const
/** What clears the session's cookie. */
export const sessionCookieOptions = [sessionCookie, cookieOptions] as const

export function sessionToken(request: IncomingMessage): string | undefined {
  return readCookie(request.headers.cookie, sessionCookie)
}

/** Who the request's session belongs to. */
export async function actorOf(
  { config, sessions }: Pick<AppContext, 'config' | 'sessions'>,
  request: IncomingMessage,
): Promise<Actor | null> {
  const token = sessionToken(request)
  return token ? sessions.actorOf(token, clientAddress(request, config.proxyHops)) : null
}

export async function personOf(
  context: Pick<AppContext, 'config' | 'sessions'>,
  request: IncomingMessage,
): Promise<string | undefined> {
  return (await actorOf(context, request))?.id
}

export function keepSession(response: Response, token: string, maxAge: number): void {
  response.cookie(sessionCookie, token, { ...cookieOptions, maxAge })
}

export async function endSession(
  context: Pick<AppContext, 'sessions'>,
  request: Request,
  response: Response,
): Promise<void> {
  const token = sessionToken(request)
  if (token) await context.sessions.end(token)
  response.clearCookie(...sessionCookieOptions)
}
