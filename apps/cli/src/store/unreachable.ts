import type { StoreError } from '@wave-store/client/store-error'
import { Failure } from '../failure.ts'
import { NoAnswer } from './reach.ts'

/** Why there was no answer of a store, in words, and what helps. */
export function unreachable(error: StoreError, endpoint?: string): Failure {
  const at = endpoint ? ` at ${endpoint}` : ''
  const [message, next] = reasonOf(error, at)
  return new Failure(message, { next, cause: error })
}

const lookAtEndpoint = 'See which address is used with: h2o config show'

function reasonOf(error: StoreError, at: string): [message: string, next: string] {
  const causes = [...chainOf(error)]
  if (causes.some((cause) => cause instanceof NoAnswer))
    return [`The store${at} did not answer in time.`, 'Try again, or wait longer with: --request-timeout SECONDS']
  const code = causes.map(({ code }) => code).find((code) => code !== undefined && code !== 'unreachable')
  const known = code ? networkProblems[code] : undefined
  if (known) return [known[0].replace('{at}', at), known[1] ?? lookAtEndpoint]
  if (code?.startsWith('CERT_') || code?.includes('CERT') || code?.startsWith('ERR_TLS'))
    return [
      `The certificate of the store${at} is not trusted (${code}).`,
      'Name the file of your own authority in NODE_EXTRA_CA_CERTS.',
    ]
  if (error.status > 0) return [`${error.message}`, lookAtEndpoint]
  return [`The store${at} cannot be reached${code ? ` (${code})` : ''}.`, lookAtEndpoint]
}

const networkProblems: Record<string, [message: string, next?: string]> = {
  ECONNREFUSED: ['Nobody answers{at}: the store is not running there.'],
  ECONNRESET: ['The connection to the store{at} broke off.', 'Try again.'],
  EPIPE: ['The connection to the store{at} broke off.', 'Try again.'],
  UND_ERR_SOCKET: ['The connection to the store{at} broke off.', 'Try again.'],
  ENOTFOUND: ['There is no machine of the name{at}.'],
  EAI_AGAIN: ['The name of the store{at} cannot be looked up now.', 'Try again.'],
  EHOSTUNREACH: ['There is no way to the store{at}.'],
  ENETUNREACH: ['There is no way to the store{at}.'],
  ETIMEDOUT: ['The store{at} did not answer in time.', 'Try again.'],
  UND_ERR_CONNECT_TIMEOUT: ['The store{at} did not answer in time.', 'Try again.'],
  EPROTO: ['What answers{at} does not speak TLS.'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['What answers{at} does not speak TLS.'],
  HPE_INVALID_CONSTANT: ['What answers{at} does not speak HTTP; it may need https.'],
}

function* chainOf(error: unknown): Iterable<Error & { code?: string }> {
  for (
    let at = error as (Error & { code?: string; errors?: unknown[] }) | undefined;
    at;
    at = (at.cause ?? at.errors?.[0]) as typeof at
  )
    yield at
}
