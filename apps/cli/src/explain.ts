import { StoreError } from '@wave-store/client/store-error'
import type { ErrorCode, errorStatus, ProblemItem } from '@wave-store/contract'
import { exitCodes, Failure } from './failure.ts'
import { plain } from './output/plain.ts'
import { unreachable } from './store/unreachable.ts'

/** What an error means to the person at the command line, and how the command ends. */
export function explain(error: unknown, interrupted: boolean): Failure {
  if (error instanceof Failure) return error
  if (interrupted) return new Failure('Cancelled.', { exitCode: exitCodes.cancelled })
  if (error instanceof StoreError) return explainStoreError(error)
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code && path && code in fileProblems) return new Failure(`${path}: ${fileProblems[code]}.`)
  return new Failure(`Something went wrong that should not: ${message ?? error}`, {
    next: 'Run the command again with H2O_DEBUG=1, and report what it prints.',
    cause: error,
  })
}

const fileProblems: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not open it',
  EPERM: 'you may not open it',
  EROFS: 'the disk is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'the disk is full',
  EEXIST: 'it exists already',
}

function explainStoreError(error: StoreError): Failure {
  if (error.code === 'unreachable') return unreachable(error)
  const next = nextSteps[error.code]
  const reference = error.code === 'internal' && error.requestId ? [`Request ${error.requestId}`] : []
  return new Failure(error.message, {
    exitCode: error.code === 'unauthenticated' ? exitCodes.notSignedIn : exitCodes.failed,
    details: [...error.problems.map(problemLine), ...reference],
    ...(next && { next }),
    cause: error,
  })
}

const nextSteps: { [code in ErrorCode]?: string } = {
  unauthenticated: 'Sign in with: h2o config setup',
  not_found: 'Look it up with: h2o app list -a, or h2o instance list',
  in_use: 'See what uses it with: h2o instance list APP',
  quota_exceeded: 'End what you no longer need with: h2o instance terminate ID',
  rate_limited: 'Wait a minute, then try again.',
  internal: 'Tell whoever runs the store; its log has the cause under this request.',
  unavailable: 'Try again in a moment.',
  disk_full: 'Tell whoever runs the store.',
  upload_incomplete: 'Try again.',
}

/** `app.toml:3:7 [Runtime] Module: …` */
export function problemLine({ severity, message, place }: ProblemItem): string {
  const position = [place.entry, place.line, place.column].filter((part) => part !== undefined).join(':')
  const field = [place.table && `[${place.table}]`, place.key].filter(Boolean).join(' ')
  const where = [position, field].filter(Boolean).join(' ')
  return `${severity === 'warning' ? 'Warning: ' : ''}${where && `${where}: `}${message}`
}

/** As it is printed: `Error: …`, its details, and the next step last. */
export function failureText({ message, details, next }: Failure): string {
  const lines = [`Error: ${plain(message)}`, ...details.map((line) => `  ${plain(line)}`)]
  return `${[...lines, ...(next ? [next] : [])].join('\n')}\n`
}

/** Whether an answer came from the store and said so. */
export function isCode(error: unknown, code: keyof typeof errorStatus): error is StoreError {
  return error instanceof StoreError && error.code === code
}
