import type { Actor } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { untilTerminated } from '../instances/until-terminated.ts'
import { findApp } from './find-app.ts'

export async function deleteApp(
  context: Pick<AppContext, 'apps' | 'blobs' | 'catalogChanges' | 'instances' | 'instanceChanges'>,
  actor: Actor,
  id: string,
): Promise<void> {
  const app = await findApp(context, actor, id, 'delete')
  await untilTerminated(context, app.id)
  const images = await context.apps.images(app.id)
  await context.catalogChanges.run(async () => {
    await context.apps.delete(app)
    await discardBlobs(context, [app.bundleSha256, ...images.map((image) => image.sha256)])
  })
}

/** Deletes those that no app needs any longer; within a change of the catalog, so that no import takes them up meanwhile. */
export async function discardBlobs(
  { apps, blobs }: Pick<AppContext, 'apps' | 'blobs'>,
  hashes: string[],
): Promise<void> {
  for (const sha256 of new Set(hashes)) if (!(await apps.usesBlob(sha256))) await blobs.delete(sha256)
}
