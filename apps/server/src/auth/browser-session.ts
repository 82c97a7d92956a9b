import type { Request, Response } from 'express'
import type { Actor } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { clientAddress } from '../http/client-address.ts'
import { readCookie } from '../http/cookies.ts'

const sessionCookie = '__Host-wave-session'
export const cookieOptions = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const

export function sessionToken(request: Request): string | undefined {
  return readCookie(request.headers.cookie, sessionCookie)
}

/** Who the request's session belongs to. */
export async function actorOf(
  { config, sessions }: Pick<AppContext, 'config' | 'sessions'>,
  request: Request,
): Promise<Actor | null> {
  const token = sessionToken(request)
  return token ? sessions.actorOf(token, clientAddress(request, config.proxyHops)) : null
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
  response.clearCookie(sessionCookie, cookieOptions)
}
