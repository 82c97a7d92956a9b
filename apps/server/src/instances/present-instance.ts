import { compareVersions } from '@wave-store/bundle'
import { urlOf } from '@wave-store/client'
import { type FailureCause, type Instance, operations, withoutOwnWords } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { can } from '../apps/policy.ts'
import { manifestOf } from '../apps/present-app.ts'
import { presentOwner } from '../apps/present-owner.ts'
import type { AppContext } from '../context.ts'
import { instanceUrl } from './instance-url.ts'
import { may } from './policy.ts'
import type { InstanceRow } from './repository.ts'

type Needs = Pick<AppContext, 'aliases' | 'apps' | 'clock' | 'config' | 'idle' | 'instances' | 'metrics' | 'reconciler'>

/** Instances as one person sees them. */
export async function presentInstances(
  { aliases, apps, clock, config, idle, instances, metrics, reconciler }: Needs,
  actor: Actor,
  rows: InstanceRow[],
): Promise<Instance[]> {
  const appIds = [...new Set(rows.map((row) => row.appId))]
  const withIcon = await apps.idsWithIcon(appIds)
  const usualStarts = await instances.usualStarts(appIds)
  const newer = await newerVersions(apps, actor, rows)
  const names = await aliases.namesOf(rows.map((row) => row.id))
  return rows.map((row) => ({
    id: row.id,
    app: {
      id: row.appId,
      name: row.appName,
      version: row.appVersion,
      title: row.appTitle,
      iconUrl: withIcon.has(row.appId) ? urlOf(operations.getAppIcon, { params: { appId: row.appId } }) : null,
    },
    newer: newer.get(row.appName)?.(row.appVersion) ?? null,
    owner: presentOwner(actor, row),
    visibility: row.visibility,
    status: row.status,
    phase: row.phase,
    phaseSince: time(row.phaseSince),
    failure: presentFailure(actor, row),
    url: instanceUrl(config, names.get(row.id)!.main),
    aliases: names.get(row.id)!.names,
    createdAt: time(row.createdAt),
    startedAt: time(row.startedAt),
    lastUsedAt: timeOrNull(idle.usedAt(row.id) ?? row.lastUsedAt),
    silentSince: timeOrNull(row.silentSince),
    usualStartMs: usualStarts.get(row.appId) ?? null,
    queue: row.wanted === 'running' && row.status === 'PENDING' ? reconciler.placeOf(row) : null,
    restarts: row.restarts,
    nextStartAt: timeOrNull(row.nextStartAt),
    suspension: presentSuspension(row),
    idle: presentIdleness(row, clock.now(), idle.sleepsInMs(row.id)),
    memory: { reservationBytes: row.memoryReservation, limitBytes: row.memoryLimit },
    usage: may.readMetrics(actor, row) ? metrics.usageOf(row.id) : null,
    volume: volumeOf(row),
    resourceVolumeBytes: manifestOf(row).runtime.resourceVolumeBytes ?? null,
    can: abilities(actor, row),
  }))
}

/** By an app's name: what of the Catalog, as the actor sees it, is newer than a version. */
async function newerVersions(
  apps: Needs['apps'],
  actor: Actor,
  rows: InstanceRow[],
): Promise<Map<string, (version: string) => Instance['newer']>> {
  const listed = await apps.listedOf([...new Set(rows.map((row) => row.appName))])
  return new Map(
    listed
      .filter((app) => can.see(actor, app))
      .map(({ id: appId, name, version }) => [
        name,
        (than) => (compareVersions(version, than) > 0 ? { appId, version } : null),
      ]),
  )
}

export async function presentInstance(context: Needs, actor: Actor, row: InstanceRow): Promise<Instance> {
  const [instance] = await presentInstances(context, actor, [row])
  return instance!
}

export function failureOf(row: Pick<InstanceRow, 'failureJson'>): FailureCause | null {
  return row.failureJson === null ? null : (JSON.parse(row.failureJson) as FailureCause)
}

export function addressOf(row: Pick<InstanceRow, 'addressJson'>): { host: string; port: number } | null {
  return row.addressJson === null ? null : JSON.parse(row.addressJson)
}

function time(ms: number): string {
  return new Date(ms).toISOString()
}

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : time(ms)
}

function presentFailure(actor: Actor, row: InstanceRow): Instance['failure'] {
  const cause = failureOf(row)
  if (!cause) return null
  if (!may.readLogs(actor, row)) return { ...withoutOwnWords(cause), lastLines: [] }
  return { ...cause, lastLines: row.failureLog ? row.failureLog.split('\n') : [] }
}

export function presentSuspension({ suspendReason, suspendedAt, wanted }: InstanceRow): Instance['suspension'] {
  return wanted === 'suspended' ? { reason: suspendReason ?? 'owner', at: time(suspendedAt ?? 0) } : null
}

function presentIdleness(
  { idleTimeoutMs, keepAwakeUntil, lastUsedAt, phaseSince, status }: InstanceRow,
  now: number,
  sleepsInMs: number | null,
): Instance['idle'] {
  if (idleTimeoutMs === null) return null
  const quietSince = Math.max(lastUsedAt ?? 0, phaseSince)
  const sleepsAt = sleepsInMs === null ? Math.max(quietSince + idleTimeoutMs, keepAwakeUntil ?? 0) : now + sleepsInMs
  return {
    timeoutMs: idleTimeoutMs,
    sleepsAt: status === 'DEPLOYED' ? time(sleepsAt) : null,
    keptAwakeUntil: timeOrNull(keepAwakeUntil),
  }
}

function volumeOf(row: InstanceRow): Instance['volume'] {
  const { volume } = manifestOf(row).runtime
  return volume ? { path: volume.mountPath, sizeBytes: volume.sizeBytes } : null
}

function abilities(actor: Actor, row: InstanceRow): Instance['can'] {
  const alive = row.wanted !== 'gone'
  return {
    open: alive && may.open(actor, row),
    update: alive && may.update(actor, row),
    terminate: alive && may.terminate(actor, row),
    restart: alive && may.restart(actor, row),
    suspend: row.wanted === 'running' && may.suspend(actor, row),
    resume: row.wanted === 'suspended' && may.resume(actor, row),
    readLogs: may.readLogs(actor, row),
    readMetrics: may.readMetrics(actor, row),
  }
}
