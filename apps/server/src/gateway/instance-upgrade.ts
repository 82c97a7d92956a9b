import type { GatewayScope } from './gateway-scope.ts'
import { movedTo } from './instance-path.ts'
import { isStale } from './moved-name.ts'
import { type IncomingUpgrade, ProxiedUpgrade } from './proxied-upgrade.ts'
import {
  asleep,
  hasFailed,
  leadsElsewhere,
  noSuchInstance,
  notAnswering,
  signInNeeded,
  stillStarting,
} from './refusals.ts'
import { type Refusal, refuseUpgrade } from './respond.ts'
import { reservedPrefix } from './return-path.ts'
import { hasBody } from './stalled-clients.ts'
import { readVisit, type Visit } from './visit.ts'

/** Answers one WebSocket handshake at an instance's host. The guard is the same as for any request. */
export async function upgradeInstance(scope: GatewayScope, incoming: IncomingUpgrade, label: string): Promise<void> {
  const { request, socket } = incoming
  const visit = await readVisit(scope, request, label)
  if (socket.destroyed) return
  const refusal = refusalFor(visit, request.url!) ?? (isStale(request, visit) ? leadsElsewhere : undefined)
  if (refusal) return refuseUpgrade(socket, refusal)
  if (request.method !== 'GET' || hasBody(request)) {
    return refuseUpgrade(socket, {
      status: 400,
      code: 'invalid_request',
      detail: 'A handshake is a GET without a body.',
    })
  }
  if (visit.kind === 'open') new ProxiedUpgrade(scope, incoming, visit).begin()
}

function refusalFor(visit: Visit, target: string): Refusal | undefined {
  if (visit.kind === 'unknown') return noSuchInstance
  if (visit.kind === 'sign_in') return signInNeeded
  const { instance, label } = visit
  if (target.startsWith(reservedPrefix) || movedTo(target, instance, label) !== undefined) {
    return { status: 404, code: 'not_found', detail: 'Nothing is served here.' }
  }
  switch (instance.status) {
    case 'PENDING':
      return stillStarting
    case 'FAILED':
      return hasFailed
    case 'SUSPENDED':
      return asleep
    case 'DEPLOYED':
      return instance.address ? undefined : notAnswering
  }
}
