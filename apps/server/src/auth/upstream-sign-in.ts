import type { Request, Response } from 'express'
import type Provider from 'oidc-provider'
import * as openid from 'openid-client'
import { AppError } from '../app-error.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { AppContext } from '../context.ts'
import { readCookie } from '../http/cookies.ts'
import { hashToken } from '../token.ts'
import { cookieOptions } from './browser-session.ts'
import type { Upstream } from './upstream.ts'
import type { UpstreamPerson } from './upstream-client.ts'
import { asAppError, upstreamErrorOf } from './upstream-error.ts'
import { confirmedForMs } from './upstream-rechecks.ts'

export const upstreamCallbackPath = '/auth/upstream/callback'

const attemptLifetimeMs = 60 * 60 * 1000
/** Whom the issuer cannot be asked about again counts for so long after a sign-in. */
const unaskedForMs = 12 * 60 * 60 * 1000

type Needs = Pick<AppContext, 'audit' | 'clock' | 'config' | 'db' | 'people' | 'provider'>
type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/** Who has come back from the issuer for this interaction. */
export function personFromUpstream({ result }: Pick<Interaction, 'result'>): string | undefined {
  const { upstreamPersonId } = (result ?? {}) as { upstreamPersonId?: string }
  return upstreamPersonId
}

/** Sends the browser that is at an interaction's page to the issuer. */
export async function beginUpstream(
  { clock, db }: Needs,
  { client }: Upstream,
  request: Request,
  response: Response,
): Promise<void> {
  const checks = {
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    codeVerifier: openid.randomPKCECodeVerifier(),
  }
  const prompt = request.query.prompt === 'login' ? 'login' : undefined
  const url = await client.authorizationUrl(checks, prompt).catch((cause: unknown) => {
    throw asAppError(upstreamErrorOf(cause), client.issuerUrl, request.path)
  })
  const { nonce, codeVerifier } = checks
  const expiresAt = clock.now() + attemptLifetimeMs
  await db
    .insertInto('signIn')
    .values({ stateHash: attemptHash(checks.state), nonce, codeVerifier, returnTo: request.path, expiresAt })
    .execute()
  response.cookie(attemptCookie(checks.state), checks.state, { ...cookieOptions, maxAge: attemptLifetimeMs })
  response.set('Cache-Control', 'no-store').redirect(303, url.href)
}

/**
 * Takes a browser back from the issuer to its interaction, which then knows who is there.
 *
 * @throws {AppError} `invalid_request` when it was not begun in this browser within the hour, or was used before;
 * `forbidden` when the issuer refuses; `unavailable` when it does not answer as it should
 */
export async function completeUpstream(
  context: Needs,
  { client, logins }: Upstream,
  request: Request,
  response: Response,
): Promise<void> {
  const attempt = await takeAttempt(context, request, response)
  const query = new URL(request.originalUrl, context.config.publicUrl).search
  const { person, refreshToken } = await client.complete(query, attempt).catch(async (cause: unknown) => {
    const error = asAppError(upstreamErrorOf(cause), client.issuerUrl, `${attempt.returnTo}?prompt=login`)
    const detail = upstreamErrorOf(cause).message
    await recordEvent(context, request, { action: 'session.sign-in-refused', outcome: error.code, detail })
    throw error
  })
  const interaction = await context.provider.Interaction.find(attempt.returnTo.split('/').at(-1)!)
  if (!interaction) throw expired()
  const now = context.clock.now()
  const personId = await recognise(context, person, now + (refreshToken === null ? unaskedForMs : confirmedForMs))
  await logins.keep(personId, refreshToken, now + recheckMsOf(context))
  interaction.result = { upstreamPersonId: personId }
  await interaction.persist()
  response.set('Cache-Control', 'no-store').redirect(303, attempt.returnTo)
}

async function recognise({ people }: Needs, person: UpstreamPerson, confirmedUntil: number): Promise<string> {
  const { name = person.subject, email = '' } = person
  const { id } = await people.recognise({ ...person, name, email, confirmedUntil })
  return id
}

/** What the browser's cookie proves that it began; good once. */
async function takeAttempt({ clock, db }: Needs, request: Request, response: Response) {
  const claimed = typeof request.query.state === 'string' ? request.query.state : ''
  const state = readCookie(request.headers.cookie, attemptCookie(claimed))
  if (state === undefined) throw expired()
  response.clearCookie(attemptCookie(claimed), cookieOptions)
  await db.deleteFrom('signIn').where('expiresAt', '<=', clock.now()).execute()
  const row = await db
    .deleteFrom('signIn')
    .where('stateHash', '=', attemptHash(state))
    .returningAll()
    .executeTakeFirst()
  if (!row) throw expired()
  return { ...row, state }
}

function expired(): AppError {
  return new AppError('invalid_request', 'This sign-in was not begun in this browser, or it took too long.', {
    tryAgainAt: '/auth/sign-in',
  })
}

function recheckMsOf({ config }: Needs): number {
  const { source } = config.identity
  return source.kind === 'upstream' ? source.recheckMs : 0
}

/** Attempts at the issuer stand beside those at our own provider; neither is taken for the other. */
function attemptHash(state: string): string {
  return hashToken(`upstream ${state}`)
}

/** One cookie an attempt, so that two tabs can sign in at once. */
function attemptCookie(state: string): string {
  return `__Host-wave-upstream-${hashToken(state).replaceAll('-', '').slice(0, 8)}`
}
