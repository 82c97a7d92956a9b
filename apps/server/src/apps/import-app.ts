import { randomUUID } from 'node:crypto'
import { rankKey } from '@wave-store/bundle'
import { environmentInputs, type InspectedBundle, inspectBundle, readEntry } from '@wave-store/bundle/node'
import type { ProblemItem, Visibility } from '@wave-store/contract'
import { type StagedFile, StorageError, stageFile } from '@wave-store/storage'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { manifestTags } from '../tags/manifest-tags.ts'
import { discardBlobs } from './delete-app.ts'
import { nameTaken } from './name-repository.ts'
import { type AppRow, iconPosition, type NewApp } from './repository.ts'

type Needs = Pick<AppContext, 'apps' | 'blobs' | 'catalogChanges' | 'clock' | 'config' | 'limits' | 'staging' | 'tags'>

export interface Upload {
  bytes: AsyncIterable<Uint8Array>
  /** What the sender said it would send; null when it did not say. */
  announcedBytes: number | null
  /** Of the client; null: the store itself. */
  address: string | null
  visibility?: Visibility
}

/**
 * Streams a bundle in, checks it, and adds it to the catalog; nothing of it is seen before all of it is right.
 *
 * @throws {AppError} `invalid_bundle` with every problem, `conflict`, `forbidden`, `too_large`, `upload_incomplete`, `disk_full`, `rate_limited`
 */
export async function importApp(context: Needs, actor: Actor, upload: Upload): Promise<AppRow> {
  if (!actor.hasFullAccess) throw new AppError('forbidden', 'Visitors import no apps.')
  await context.limits.imports.take({ personId: actor.id, address: upload.address })
  await using file = await receive(context, upload)
  const report = await inspectBundle(file.path, limitsOf(context))
  if (!report.accepted || !report.manifest) throw refusal(report)
  const owner = await context.apps.ownerOfName(report.manifest.app.name)
  if (owner !== undefined && owner !== actor.id) throw nameTaken(report.manifest.app.name)

  await using stack = new AsyncDisposableStack()
  const images = await stageImages(context, { path: file.path, report, stack })
  const { tagIds, warnings } = await manifestTags(context, actor, report.manifest.app.tags)
  const visibility = upload.visibility ?? 'PRIVATE'
  const app = await newApp(context, { actor, report, warnings, file, visibility })
  await context.catalogChanges.run(() => addToCatalog(context, { app, images, tagIds, file }))
  return (await context.apps.byId(app.id))!
}

async function receive({ config, staging }: Needs, upload: Upload): Promise<StagedFile> {
  const { maxBytes } = config.bundles
  const tooLarge = `The bundle is larger than the ${maxBytes} bytes that this store takes.`
  if ((upload.announcedBytes ?? 0) > maxBytes) throw new AppError('too_large', tooLarge)
  const file = await stageFile(upload.bytes, { directory: staging, maxBytes }).catch((cause: unknown) => {
    if (!(cause instanceof StorageError)) throw cause
    if (cause.code === 'too_large') throw new AppError('too_large', tooLarge, { cause })
    if (cause.code === 'interrupted') throw incomplete(cause)
    throw cause
  })
  if (upload.announcedBytes === null || upload.announcedBytes === file.sizeBytes) return file
  await file[Symbol.asyncDispose]()
  throw incomplete()
}

function incomplete(cause?: unknown): AppError {
  return new AppError(
    'upload_incomplete',
    'The upload broke off before its end; nothing was imported. Send it again.',
    { cause },
  )
}

function refusal(report: InspectedBundle): AppError {
  const errors = report.problems.filter((problem) => problem.severity === 'error')
  const more = errors.length > 1 ? ` And ${errors.length - 1} more.` : ''
  return new AppError('invalid_bundle', `${errors[0]?.message ?? 'The bundle cannot be read.'}${more}`, {
    problems: report.problems,
  })
}

function limitsOf({ config }: Needs) {
  return {
    limits: { maxUnpackedBytes: config.bundles.maxUnpackedBytes, maxEntries: config.bundles.maxEntries },
    rules: { strictVersions: config.bundles.strictVersions },
  }
}

async function addToCatalog(
  context: Needs,
  addition: { app: NewApp; images: StagedImage[]; tagIds: string[]; file: StagedFile },
): Promise<void> {
  const files = [addition.file, ...addition.images.map((image) => image.file)]
  const images = addition.images.map(({ position, mediaType, file }) => ({ position, mediaType, sha256: file.sha256 }))
  try {
    for (const file of files) await context.blobs.put(file)
    await context.apps.insert(addition.app, { images, tagIds: addition.tagIds })
  } catch (cause) {
    const hashes = files.map((file) => file.sha256)
    await discardBlobs(context, hashes)
    throw cause
  }
}

interface StagedImage {
  position: number
  mediaType: string
  file: StagedFile
}

async function stageImages(
  context: Needs,
  { path, report, stack }: { path: string; report: InspectedBundle; stack: AsyncDisposableStack },
): Promise<StagedImage[]> {
  const found = report.screenshots.map((image, position) => ({ ...image, position }))
  if (report.icon) found.unshift({ ...report.icon, position: iconPosition })
  const images: StagedImage[] = []
  for (const { entry, mediaType, position } of found) {
    const bytes = await readEntry(path, entry)
    const file = await stageFile(once(bytes), { directory: context.staging, maxBytes: bytes.byteLength })
    images.push({ position, mediaType, file: stack.use(file) })
  }
  return images
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

async function newApp(
  context: Needs,
  input: {
    actor: Actor
    report: InspectedBundle
    /** Besides those of the report. */
    warnings: ProblemItem[]
    file: StagedFile
    visibility: Visibility
  },
): Promise<NewApp> {
  const { report, file } = input
  const manifest = report.manifest!
  const { app } = manifest
  const now = context.clock.now()
  return {
    id: randomUUID(),
    name: app.name,
    version: app.version,
    rank: rankKey(app.version),
    title: app.title,
    description: app.description,
    category: app.category,
    lifecycle: app.lifecycle,
    ownerId: input.actor.id,
    visibility: input.visibility,
    manifestJson: JSON.stringify(manifest),
    manifestText: report.manifestText ?? '',
    longDescription: report.longDescriptionMarkdown ?? null,
    requirements: report.requirements ?? null,
    osPackagesJson: JSON.stringify(report.osPackages),
    warningsJson: JSON.stringify([...report.problems, ...input.warnings]),
    bundleSha256: file.sha256,
    bundleBytes: file.sizeBytes,
    environmentInputs: (await environmentInputs(file.path)).inputsSha256,
    createdAt: now,
    updatedAt: now,
  }
}
