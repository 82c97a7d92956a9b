import { buffer } from 'node:stream/consumers'
import { iconPosition } from './apps/repository.ts'
import type { AppContext } from './context.ts'
import type { Admission, GatewayInstance, GatewayPorts } from './gateway/ports.ts'
import { may } from './instances/policy.ts'
import { addressOf, failureOf } from './instances/present-instance.ts'
import type { InstanceRow } from './instances/repository.ts'
import { basePathOf } from './reconciler/instance-spec.ts'

type Needs = Pick<AppContext, 'apps' | 'blobs' | 'instances' | 'runtime' | 'tickets'>

/** The latest part of a log that holds the lines a page shows. */
const tailBytes = 64 * 1024

/** The store as the gateway knows it. */
export function gatewayPorts(context: Needs): GatewayPorts {
  return {
    find: async (label) => {
      const row = await context.instances.byId(label)
      return row?.wanted === 'running' ? present(context, row) : undefined
    },
    admit: (instanceId, ticket) => admit(context, instanceId, ticket),
    icon: (instanceId) => iconOf(context, instanceId),
    redeem: (exchange) => context.tickets.redeem(exchange),
    tail: async (instanceId, lines) => {
      const latest = await buffer(context.runtime.logs(instanceId, { offset: -tailBytes }))
      return latest.toString().replace(/\n$/, '').split('\n').slice(-lines)
    },
  }
}

async function admit(
  { instances, tickets }: Needs,
  instanceId: string,
  ticket: string | undefined,
): Promise<Admission> {
  const actor = ticket ? ((await tickets.holderOf(ticket, instanceId))?.actor ?? null) : null
  if (!actor) return { kind: 'sign_in' }
  const row = await instances.byId(instanceId)
  if (!row || row.wanted === 'gone' || !may.open(actor, row)) return { kind: 'refused' }
  const { id, name, email } = actor
  return { kind: 'open', user: { id, name, email }, readLogs: may.readLogs(actor, row) }
}

async function present({ apps, instances }: Needs, row: InstanceRow): Promise<GatewayInstance> {
  // Asked for with every request: what only the waiting page shows is not looked up once the app answers.
  const onItsWay = row.status !== 'DEPLOYED'
  return {
    id: row.id,
    status: row.status,
    phase: row.phase,
    failure: failureOf(row),
    address: addressOf(row),
    wantedSince: row.startedAt,
    usualStartMs: onItsWay ? await instances.usualStartMs(row.appId) : null,
    basePath: basePathOf(row),
    app: { title: row.appTitle, hasIcon: onItsWay && (await apps.hasIcon(row.appId)), ownerName: row.appOwnerName },
  }
}

async function iconOf({ apps, blobs, instances }: Needs, instanceId: string) {
  const row = await instances.byId(instanceId)
  const icon = row && (await apps.images(row.appId)).find((image) => image.position === iconPosition)
  return icon && { mediaType: icon.mediaType, bytes: await buffer(await blobs.read(icon.sha256)) }
}
