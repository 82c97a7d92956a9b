import type { ErrorCode, ProblemItem } from '@wave-store/contract'

/** A failure that the caller is told about. Anything else that is thrown becomes `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly problems: ProblemItem[]
  /** When trying again may help. */
  readonly retryAfterSeconds: number | undefined
  /** Path of the page on which a person tries again. */
  readonly tryAgainAt: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { problems?: ProblemItem[]; retryAfterSeconds?: number; tryAgainAt?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.problems = options.problems ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
    this.tryAgainAt = options.tryAgainAt
  }
}

export function unauthenticated(): AppError {
  return new AppError('unauthenticated', 'Sign in first.')
}

/** What somebody may not see answers the same. */
export function notFound(noun: string, id: string): AppError {
  return new AppError('not_found', `There is no ${noun} ${id}, or you may not see it.`)
}
