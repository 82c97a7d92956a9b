/** How a command ends, as scripts see it. */
export const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 3, notSignedIn: 4 } as const

/** Something that the person at the command line is told, without a trace of where it happened. */
export class Failure extends Error {
  readonly exitCode: number
  /** What to do now, as an imperative or a command. */
  readonly next: string | undefined
  /** Further lines below the message. */
  readonly details: string[]

  constructor(
    message: string,
    {
      exitCode = exitCodes.failed,
      next,
      details = [],
      cause,
    }: { exitCode?: number; next?: string; details?: string[]; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.name = 'Failure'
    this.exitCode = exitCode
    this.next = next
    this.details = details
  }
}

export function usageError(message: string, next?: string): Failure {
  return new Failure(message, { exitCode: exitCodes.usage, ...(next && { next }) })
}

export function cancelled(message = 'Cancelled.'): Failure {
  return new Failure(message, { exitCode: exitCodes.cancelled })
}
