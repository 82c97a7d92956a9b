import * as openid from 'openid-client'
import { AppError } from '../app-error.ts'

/**
 * What went wrong at the upstream issuer: it `refused` the person, it is `unreachable`, the store is `misconfigured`
 * there, or what it said is `untrustworthy`.
 */
export type UpstreamProblem = 'refused' | 'unreachable' | 'misconfigured' | 'untrustworthy'

/** Holds nothing but text that may stand in a log: what the libraries throw holds tokens and claims. */
export class UpstreamError extends Error {
  readonly problem: UpstreamProblem

  constructor(problem: UpstreamProblem, message: string) {
    super(message)
    this.name = 'UpstreamError'
    this.problem = problem
  }
}

const refusals = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'invalid_grant',
  'login_required',
])
const passing = new Set(['server_error', 'slow_down', 'temporarily_unavailable'])
const noAnswer = new Set([
  'OAUTH_ABORT',
  'OAUTH_PARSE_ERROR',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_TIMEOUT',
])
const notAllowed = new Set(['OAUTH_HTTP_REQUEST_FORBIDDEN', 'OAUTH_REQUEST_PROTOCOL_FORBIDDEN'])

/** What `openid-client` threw, told without anything secret. */
export function upstreamErrorOf(cause: unknown): UpstreamError {
  if (cause instanceof UpstreamError) return cause
  if (cause instanceof openid.AuthorizationResponseError) return byErrorCode(cause.error, 'sign-in')
  if (cause instanceof openid.ResponseBodyError)
    return cause.status === 429
      ? new UpstreamError('unreachable', 'it answers 429: too often')
      : byErrorCode(cause.error, `token endpoint, ${cause.status}`)
  if (cause instanceof openid.WWWAuthenticateChallengeError)
    return new UpstreamError('misconfigured', `it does not take the client's id and secret (${cause.status})`)
  const { code, message } = cause as { code?: string; message: string }
  if (cause instanceof TypeError && code === undefined) return new UpstreamError('unreachable', withReason(cause))
  const text = `${message}${detailOf(cause)}${code ? ` (${code})` : ''}`
  if (code && noAnswer.has(code)) return new UpstreamError('unreachable', text)
  if (code && notAllowed.has(code)) return new UpstreamError('misconfigured', text)
  return new UpstreamError('untrustworthy', text)
}

/** What the person at the browser is told. */
export function asAppError(error: UpstreamError, issuer: URL, tryAgainAt: string): AppError {
  const options = { cause: error, tryAgainAt }
  switch (error.problem) {
    case 'refused':
      return new AppError('forbidden', `${issuer.host} did not let you in, or the sign-in was cancelled.`, options)
    case 'unreachable':
      return new AppError('unavailable', `${issuer.href}, where people sign in, does not answer.`, options)
    case 'misconfigured':
      return new AppError('unavailable', `The store is not set up right at the issuer ${issuer.href}.`, options)
    case 'untrustworthy':
      return new AppError(
        'unavailable',
        `What the issuer ${issuer.href} answered cannot be trusted; nobody was signed in.`,
        options,
      )
  }
}

function byErrorCode(error: string, where: string): UpstreamError {
  const told = /^[\w.-]{1,60}$/.test(error) ? error : 'an error'
  const text = `it answers ${told} (${where})`
  if (refusals.has(error)) return new UpstreamError('refused', text)
  return new UpstreamError(passing.has(error) ? 'unreachable' : 'misconfigured', text)
}

function withReason({ message, cause }: TypeError): string {
  const { code } = (cause ?? {}) as { code?: string }
  return code ? `${message} (${code})` : message
}

/** Which claim or status was not as it should be. */
function detailOf(error: unknown): string {
  const { cause } = error as { cause?: { status?: number; cause?: { claim?: string; attribute?: string } } }
  if (typeof cause?.status === 'number') return ` ${cause.status}`
  const name = cause?.cause?.claim ?? cause?.cause?.attribute
  return typeof name === 'string' ? `: ${name}` : ''
}
