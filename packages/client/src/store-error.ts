import type { ErrorCode, ProblemDetails, ProblemItem } from '@wave-store/contract'

/** A request that the store refused, or that did not reach it (`code` is then `unreachable`). */
export class StoreError extends Error {
  readonly code: ErrorCode | 'unreachable'
  readonly status: number
  readonly problems: ProblemItem[]
  readonly requestId: string | undefined

  constructor(
    details: Pick<ProblemDetails, 'detail' | 'status' | 'problems'> & {
      code: ErrorCode | 'unreachable'
      requestId?: string
    },
    options?: ErrorOptions,
  ) {
    super(details.detail, options)
    this.name = 'StoreError'
    this.code = details.code
    this.status = details.status
    this.problems = details.problems
    this.requestId = details.requestId
  }
}
