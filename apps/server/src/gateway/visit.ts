import type { IncomingMessage } from 'node:http'
import { withoutOwnWords } from '@wave-store/contract'
import { clientAddress } from '../http/client-address.ts'
import type { RequestFacts } from './app-request-headers.ts'
import { instanceOrigin } from './destination.ts'
import { readTicket } from './gateway-cookies.ts'
import type { GatewayScope } from './gateway-scope.ts'
import type { Admission, GatewayInstance } from './ports.ts'
import { isTopLevelNavigation } from './respond.ts'

/** Who comes to which instance, and whether that is all right at this moment. */
export type Visit =
  /** Somebody known, who may not know of the instance. */
  | { kind: 'unknown' }
  /** Somebody unknown, at an instance that is not open to all or is not there: the two are not told apart. */
  | { kind: 'sign_in' }
  | OpenVisit

export interface OpenVisit extends Extract<Admission, { kind: 'open' }> {
  instance: GatewayInstance
  label: string
  /** Of who visits. */
  address: string
  /** What the right was given for; it is asked for again while the connection lasts. */
  ticket: string | undefined
}

/** The instance as a visitor may know of it. */
export function seenBy({ readLogs }: { readLogs: boolean }, instance: GatewayInstance): GatewayInstance {
  const { failure } = instance
  return readLogs || !failure ? instance : { ...instance, failure: withoutOwnWords(failure) }
}

export async function readVisit(scope: GatewayScope, request: IncomingMessage, label: string): Promise<Visit> {
  const address = clientAddress(request, scope.proxyHops)
  const ticket = isForeign(request, instanceOrigin(label, scope)) ? undefined : readTicket(request)
  const instance = await scope.ports.find(label)
  const admission = await scope.ports.admit(instance?.id ?? label, ticket, address)
  if (admission.kind !== 'open') logRefusal(scope, request, { label, ticket, kind: admission.kind })
  if (admission.kind === 'sign_in') return { kind: 'sign_in' }
  if (!instance || admission.kind === 'refused') return { kind: 'unknown' }
  return { ...admission, instance: seenBy(admission, instance), label, address, ticket }
}

/** Every visit without a ticket ends here once, so this is for who looks for something. The ticket is not told on. */
function logRefusal(
  { logger }: GatewayScope,
  request: IncomingMessage,
  { label, ticket, kind }: { label: string; ticket: string | undefined; kind: Admission['kind'] },
): void {
  const reason = reasonFor(kind, ticket, readTicket(request))
  logger.debug({ label, reason }, 'a visit was not let in')
}

function reasonFor(kind: Admission['kind'], ticket: string | undefined, sent: string | undefined): string {
  if (kind === 'refused') return 'not open to who holds the ticket'
  if (ticket !== undefined) return 'the ticket is unknown here or has ended'
  return sent === undefined ? 'no ticket' : 'a page of another origin sent the ticket'
}

/**
 * Whether a page of another origin sent the request. Browsers add our cookie to requests from sibling instances, which
 * count as the same site where the apps domain is not on the public suffix list; there the ticket is not looked at.
 * Opening a link is no such request.
 */
function isForeign(request: IncomingMessage, origin: string): boolean {
  const { origin: from, 'sec-fetch-site': site } = request.headers
  if (isTopLevelNavigation(request)) return false
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  return from !== undefined && from !== origin
}

/** What the app is told of a visit. */
export function factsOf({ publicUrl }: GatewayScope, { user, identity, address, instance }: OpenVisit): RequestFacts {
  return { user, identity, address, instanceId: instance.id, scheme: publicUrl.protocol.slice(0, -1) }
}
