import type { Manifest } from '@wave-store/bundle'
import { urlOf } from '@wave-store/client'
import { type App, type AppDetails, type AppVersion, operations } from '@wave-store/contract'
import type { Reader } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { instanceUrl } from '../instances/instance-url.ts'
import { launchRefusal, secretNeeds } from './launch-refusal.ts'
import { can } from './policy.ts'
import { presentOwner } from './present-owner.ts'
import { type AppRow, iconPosition } from './repository.ts'

type Needs = Pick<AppContext, 'apps' | 'instances' | 'capabilities' | 'config' | 'tags'>

/** Apps as one person sees them. */
export async function presentApps(context: Needs, reader: Reader, rows: AppRow[]): Promise<App[]> {
  const ids = rows.map((row) => row.id)
  const withIcon = await context.apps.idsWithIcon(ids)
  const tags = can.seeTags(reader) ? await context.tags.ofApps(ids) : null
  const running = reader ? await context.instances.latestOf(reader.id, ids) : new Map<string, string>()
  return rows.map((row) => {
    const instanceId = running.get(row.id)
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
      sharedInstance: null,
      myInstance: instanceId ? { id: instanceId, url: instanceUrl(context.config, instanceId) } : null,
      ...abilities(context, reader, row),
    }
  })
}

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
    versions: versions.map((version) => presentVersion(reader, version)),
    ...manifestFacts(reader, row),
    instanceCount: can.delete(reader, row) ? await context.instances.countOf(row.id) : 0,
  }
}

export function manifestOf(row: Pick<AppRow, 'manifestJson'>): Manifest {
  return JSON.parse(row.manifestJson) as Manifest
}

/** What the developer wrote for the store, tags among it: for people with full access, as tags are. */
function manifestFacts(reader: Reader, row: AppRow): Pick<AppDetails, 'manifestText' | 'secrets' | 'warnings'> {
  if (!can.seeTags(reader)) return { manifestText: '', secrets: [], warnings: [] }
  const { manifestText, warningsJson } = row
  return { manifestText, secrets: secretNeeds(manifestOf(row)), warnings: JSON.parse(warningsJson) }
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

function abilities({ capabilities, config }: Needs, reader: Reader, row: AppRow): Pick<App, 'can' | 'launchRefusal'> {
  const refusal = launchRefusal(manifestOf(row), capabilities, config.runtime.allowUnsandboxed)
  return {
    can: {
      launch: can.launch(reader, row) && refusal === null,
      update: can.update(reader, row),
      delete: can.delete(reader, row),
      download: can.download(reader, row),
    },
    launchRefusal: refusal,
  }
}
