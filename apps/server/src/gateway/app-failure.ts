import { brokenAnswer, notAnswering, tookTooLong } from './refusals.ts'
import type { Refusal } from './respond.ts'

const unreachable = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
])
/** What a kept-alive connection says that the app had closed just when it was used again. */
const connectionLost = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

export function refusalOf(error: Error): Refusal {
  const code = codeOf(error)
  if (unreachable.has(code)) return notAnswering
  return code === 'UND_ERR_HEADERS_TIMEOUT' ? tookTooLong : brokenAnswer
}

export function isConnectionLost(error: Error): boolean {
  return connectionLost.has(codeOf(error))
}

/** For the log: an error of undici's may hold the answer itself, which is nobody's business. */
export function reasonOf(error: Error): string {
  return `${codeOf(error)} ${error.message}`.trim()
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
