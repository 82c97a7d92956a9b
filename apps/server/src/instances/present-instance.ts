import { urlOf } from '@wave-store/client'
import { type Failure, type Instance, operations } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { manifestOf } from '../apps/present-app.ts'
import { presentOwner } from '../apps/present-owner.ts'
import type { AppContext } from '../context.ts'
import { instanceUrl } from './instance-url.ts'
import { may } from './policy.ts'
import type { InstanceRow } from './repository.ts'

/** Instances as one person sees them. */
export async function presentInstances(
  { apps, config }: Pick<AppContext, 'apps' | 'config'>,
  actor: Actor,
  rows: InstanceRow[],
): Promise<Instance[]> {
  const withIcon = await apps.idsWithIcon([...new Set(rows.map((row) => row.appId))])
  return rows.map((row) => ({
    id: row.id,
    app: {
      id: row.appId,
      name: row.appName,
      version: row.appVersion,
      title: row.appTitle,
      iconUrl: withIcon.has(row.appId) ? urlOf(operations.getAppIcon, { params: { appId: row.appId } }) : null,
    },
    owner: presentOwner(actor, row),
    visibility: row.visibility,
    status: row.status,
    phase: row.phase,
    phaseSince: new Date(row.phaseSince).toISOString(),
    failure: failureOf(row),
    url: instanceUrl(config, row.id),
    createdAt: new Date(row.createdAt).toISOString(),
    startedAt: new Date(row.startedAt).toISOString(),
    volume: volumeOf(row),
    can: abilities(actor, row),
  }))
}

export async function presentInstance(
  context: Pick<AppContext, 'apps' | 'config'>,
  actor: Actor,
  row: InstanceRow,
): Promise<Instance> {
  const [instance] = await presentInstances(context, actor, [row])
  return instance!
}

export function failureOf(row: Pick<InstanceRow, 'failureJson'>): Failure | null {
  return row.failureJson === null ? null : (JSON.parse(row.failureJson) as Failure)
}

export function addressOf(row: Pick<InstanceRow, 'addressJson'>): { host: string; port: number } | null {
  return row.addressJson === null ? null : JSON.parse(row.addressJson)
}

function volumeOf(row: InstanceRow): Instance['volume'] {
  const { volume } = manifestOf(row).runtime
  return volume ? { path: volume.mountPath, sizeBytes: volume.sizeBytes } : null
}

function abilities(actor: Actor, row: InstanceRow): Instance['can'] {
  const alive = row.wanted === 'running'
  return {
    open: alive && may.open(actor, row),
    update: alive && may.update(actor, row),
    terminate: alive && may.terminate(actor, row),
    restart: alive && may.restart(actor, row),
    readLogs: may.readLogs(actor, row),
  }
}
