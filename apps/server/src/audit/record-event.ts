import type { IncomingMessage } from 'node:http'
import type { AppContext } from '../context.ts'
import { clientAddress } from '../http/client-address.ts'
import type { AuditEntry } from './event.ts'

/** What a request does not tell by itself. */
export type RequestEvent = Pick<AuditEntry, 'action'> & Partial<Omit<AuditEntry, 'action' | 'address'>>

/** Writes down what somebody did by a request; without more, that it was done from a browser, to nothing in particular. */
export async function recordEvent(
  { audit, config }: Pick<AppContext, 'audit' | 'config'>,
  request: IncomingMessage,
  event: RequestEvent,
): Promise<void> {
  const address = clientAddress(request, config.proxyHops)
  await audit.append({ actor: null, via: 'browser', target: null, outcome: 'done', detail: '', ...event, address })
}
