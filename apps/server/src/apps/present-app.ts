import { urlOf } from '@wave-store/client'
import { type App, type AppDetails, type AppVersion, operations } from '@wave-store/contract'
import { launchRefusal } from '@wave-store/instance-spec'
import type { Reader } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { instanceUrl } from '../instances/instance-url.ts'
import { may } from '../instances/policy.ts'
import type { InstanceRow } from '../instances/repository.ts'
import { missingRefusal, missingWarnings, presentNeeds, resolvedNeeds } from '../secrets/app-needs.ts'
import type { ResolvedNeed } from '../secrets/resolve.ts'
import { manifestOf } from './manifest-of.ts'
import { can } from './policy.ts'
import { presentOwner } from './present-owner.ts'
import { type AppRow, iconPosition } from './repository.ts'

export { manifestOf }

type Needs = Pick<AppContext, 'aliases' | 'apps' | 'instances' | 'capabilities' | 'config' | 'secrets' | 'tags'>

/** Apps as one person sees them. */
export async function presentApps(context: Needs, reader: Reader, rows: AppRow[]): Promise<App[]> {
  const ids = rows.map((row) => row.id)
  const withIcon = await context.apps.idsWithIcon(ids)
  const tags = can.seeTags(reader) ? await context.tags.ofApps(ids) : null
  const running = await runningOf(context, reader, ids)
  const needs = await resolvedNeeds(context, rows)
  return rows.map((row) => {
    const { mine, kept } = running.get(row.id)!
    return {
      ...presentVersion(reader, row),
      name: row.name,
      description: row.description,
      category: row.category,
      tags: tags?.get(row.id) ?? [],
      keywords: manifestOf(row).app.keywords,
      lifecycle: row.lifecycle,
      updatedAt: new Date(row.updatedAt).toISOString(),
      iconUrl: withIcon.has(row.id) ? urlOf(operations.getAppIcon, { params: { appId: row.id } }) : null,
      linkAddress: manifestOf(row).link?.address ?? null,
      myInstance: mine,
      sharedInstance: kept?.isOpen ? kept.instance : null,
      ...abilities(context, reader, row, { needs: needs.get(row.id) ?? [], hasKept: kept !== null }),
    }
  })
}

interface Running {
  mine: App['myInstance']
  /** Of a MANAGED app, the one for all, whether or not the reader may open it. */
  kept: { instance: NonNullable<App['sharedInstance']>; isOpen: boolean } | null
}

async function runningOf(context: Needs, reader: Reader, appIds: string[]): Promise<Map<string, Running>> {
  const { aliases, config, instances } = context
  const mine = reader ? await instances.latestOf(reader.id, appIds) : new Map<string, InstanceFact>()
  const kept = await instances.keptOf(appIds)
  const names = await aliases.namesOf([...new Set([...mine.values(), ...kept.values()].map(({ id }) => id))])
  const shown = ({ id, status }: InstanceFact) => ({ id, status, url: instanceUrl(config, names.get(id)!.main) })
  return new Map(
    appIds.map((appId) => {
      const [own, shared] = [mine.get(appId), kept.get(appId)]
      return [
        appId,
        {
          mine: own ? shown(own) : null,
          kept: shared ? { instance: shown(shared), isOpen: may.open(reader, shared) } : null,
        },
      ]
    }),
  )
}

type InstanceFact = Pick<InstanceRow, 'id' | 'status'>

export async function presentAppDetails(context: Needs, reader: Reader, row: AppRow): Promise<AppDetails> {
  const [app] = await presentApps(context, reader, [row])
  const images = await context.apps.images(row.id)
  const versions = (await context.apps.versionsOf(row.name)).filter((version) => can.see(reader, version))
  const manifest = manifestOf(row)
  const { runtime } = manifest
  return {
    ...app!,
    longDescription: row.longDescription,
    screenshotUrls: images
      .filter((image) => image.position !== iconPosition)
      .map((image) => urlOf(operations.getAppScreenshot, { params: { appId: row.id, index: image.position } })),
    resources: {
      memoryLimitBytes: runtime.memoryLimitBytes ?? null,
      memoryReservationBytes: runtime.memoryReservationBytes ?? null,
      cpuLimitMillis: runtime.cpuLimitMillis ?? null,
      volume: runtime.volume ? { path: runtime.volume.mountPath, sizeBytes: runtime.volume.sizeBytes } : null,
      resourceVolumeBytes: runtime.resourceVolumeBytes ?? null,
      gpuCount: runtime.gpu?.count ?? null,
    },
    module: runtime.module ?? null,
    bundle: { sizeBytes: row.bundleBytes, sha256: row.bundleSha256 },
    requirements: row.requirements,
    osPackages: JSON.parse(row.osPackagesJson) as string[],
    versions: versions.map((version) => presentVersion(reader, version)),
    ...manifestFacts(reader, row, (await resolvedNeeds(context, [row])).get(row.id) ?? []),
    instanceCount: can.delete(reader, row) ? await context.instances.countOf(row.id) : 0,
  }
}

/** What the developer wrote for the store, tags among it: for people with full access, as tags are. */
function manifestFacts(
  reader: Reader,
  { manifestText, warningsJson }: AppRow,
  needs: ResolvedNeed[],
): Pick<AppDetails, 'manifestText' | 'secrets' | 'warnings'> {
  if (!can.seeTags(reader)) return { manifestText: '', secrets: [], warnings: [] }
  const warnings = JSON.parse(warningsJson) as AppDetails['warnings']
  return { manifestText, secrets: presentNeeds(needs), warnings: [...warnings, ...missingWarnings(needs)] }
}

function presentVersion(reader: Reader, row: AppRow): AppVersion {
  return {
    id: row.id,
    version: row.version,
    title: row.title,
    owner: presentOwner(reader, row),
    visibility: row.visibility,
    createdAt: new Date(row.createdAt).toISOString(),
  }
}

function abilities(
  { capabilities, config }: Needs,
  reader: Reader,
  row: AppRow,
  { needs, hasKept }: { needs: ResolvedNeed[]; hasKept: boolean },
): Pick<App, 'can' | 'launchRefusal'> {
  const refusal =
    launchRefusal(manifestOf(row), capabilities, config.runtime.allowUnsandboxed) ?? missingRefusal(needs, reader, row)
  return {
    can: {
      // Of a MANAGED app one instance is kept for all.
      launch: can.launch(reader, row) && refusal === null && !hasKept,
      update: can.update(reader, row),
      delete: can.delete(reader, row),
      download: can.download(reader, row),
      transfer: can.transfer(reader),
    },
    launchRefusal: refusal,
  }
}
