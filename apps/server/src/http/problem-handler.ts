import { type ErrorCode, errorStatus, type ProblemDetails } from '@wave-store/contract'
import { StorageError } from '@wave-store/storage'
import type { ErrorRequestHandler, Request, Response } from 'express'
import type { Logger } from 'pino'
import { AppError } from '../app-error.ts'
import { isDiskFull } from '../db/open-database.ts'
import { page } from './page.ts'

const titles: Record<ErrorCode, string> = {
  invalid_request: 'The request is not as it should be',
  unauthenticated: 'Nobody is signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  method_not_allowed: 'Not a method of this address',
  conflict: 'It exists already',
  in_use: 'It is in use',
  upload_incomplete: 'The upload broke off',
  too_large: 'Too large',
  unsupported_media_type: 'Not a media type that is taken here',
  invalid_bundle: 'The bundle cannot be imported',
  cannot_launch: 'The app cannot be launched here',
  quota_exceeded: 'The quota is used up',
  rate_limited: 'Too often',
  internal: 'Something went wrong in the store',
  unavailable: 'A part of the store does not answer',
  disk_full: 'The disk of the store is full',
}

/** Turns whatever was thrown into problem details (RFC 9457); what nobody foresaw becomes `internal`. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (cause: unknown, request, response, _next) => {
    const error = asAppError(cause)
    const requestId = String(response.locals.requestId)
    if (errorStatus[error.code] >= 500)
      logger.error({ requestId, method: request.method, path: request.path, err: error.cause ?? cause }, error.message)
    if (response.headersSent || response.destroyed) return void response.destroy()
    if (error.code === 'unauthenticated') response.set('WWW-Authenticate', challengeOf(request))
    if (error.retryAfterSeconds !== undefined) response.set('Retry-After', String(error.retryAfterSeconds))
    if (request.accepts(['json', 'html']) === 'html') sendPage(response, error, requestId)
    else sendProblem(response, error, requestId)
    // Many clients read the answer only when their body was taken; how long that may go on is the gateway's to say.
    request.resume()
  }
}

/** RFC 6750, 3: what a program with a token is to do about a 401. */
function challengeOf({ headers }: Request): string {
  return headers.authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"'
}

function sendProblem(response: Response, error: AppError, requestId: string): void {
  const body: ProblemDetails = {
    type: `about:blank#${error.code}`,
    title: titles[error.code],
    status: errorStatus[error.code],
    code: error.code,
    detail: error.message,
    requestId,
    problems: error.problems,
  }
  response.status(body.status).type('application/problem+json').json(body)
}

/** For a person whose browser came here by itself. */
function sendPage(response: Response, error: AppError, requestId: string): void {
  const again = error.tryAgainAt ? `<p><a href="${page.escape(error.tryAgainAt)}">Try again</a></p>` : ''
  const body = `<p>${page.escape(error.message)}</p>${again}<p><a href="/">To the Catalog</a></p><p class="small">Request ${requestId}</p>`
  response.status(errorStatus[error.code]).type('html').send(page(titles[error.code], body))
}

function asAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  if (cause instanceof StorageError) return fromStorage(cause)
  if (isDiskFull(cause))
    return new AppError('disk_full', 'The disk of the store is full; nothing was changed.', { cause })
  return (
    fromBodyParser(cause) ??
    new AppError('internal', 'Something went wrong in the store. Its log says more under the request id.', { cause })
  )
}

function fromStorage(cause: StorageError): AppError {
  if (cause.code === 'disk_full')
    return new AppError('disk_full', 'The disk of the store is full; nothing was changed.', { cause })
  return new AppError('unavailable', 'The storage of the store does not answer as it should.', { cause })
}

/** Express's own middleware throws errors with a status and a type. */
function fromBodyParser(cause: unknown): AppError | null {
  const { type, status } = cause as { type?: string; status?: number }
  if (type === 'entity.parse.failed') return new AppError('invalid_request', 'The body is not JSON.', { cause })
  if (status === 413) return new AppError('too_large', 'The body is larger than this address takes.', { cause })
  if (type === 'request.aborted')
    return new AppError('upload_incomplete', 'The request broke off before its end.', { cause })
  if (status === 415)
    return new AppError('unsupported_media_type', 'The body is not in a form that is taken here.', { cause })
  if (status === 400 || cause instanceof URIError)
    return new AppError('invalid_request', 'The address or body cannot be read.', { cause })
  return null
}
