import { bundleMediaTypes, operations } from '@wave-store/contract'
import { type Response, Router } from 'express'
import { AppError, notFound, unauthenticated } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { deleteApp } from './delete-app.ts'
import { findApp } from './find-app.ts'
import { importApp } from './import-app.ts'
import { presentAppDetails, presentApps } from './present-app.ts'
import { iconPosition } from './repository.ts'
import { sendBlob } from './send-blob.ts'
import { updateApp } from './update-app.ts'

export function appRoutes(context: AppContext): Router {
  const router = Router()

  mount(router, operations.listApps, async ({ actor, query }) => {
    if (!actor) throw unauthenticated()
    const scope = query.scope === 'mine' ? { ownerId: actor.id } : { listed: true as const }
    const { items, total, categories } = await context.apps.list({ ...query, scope, category: query.category })
    return { items: await presentApps(context, actor, items), total, categories }
  })

  mount(router, operations.getApp, async ({ actor, params }) =>
    presentAppDetails(context, actor, await findApp(context, actor, params.appId)),
  )

  mount(router, operations.importApp, async ({ actor, request }) => {
    if (!request.is([...bundleMediaTypes]))
      throw new AppError(
        'unsupported_media_type',
        `Send the bundle itself as the body, with Content-Type ${bundleMediaTypes[0]}.`,
      )
    const announced = request.headers['content-length']
    const announcedBytes = announced === undefined ? null : Number(announced)
    // A refusal has to reach the sender, so what ends the reading must not end the connection.
    const bytes = request.iterator({ destroyOnReturn: false })
    return presentAppDetails(context, actor, await importApp(context, actor, { bytes, announcedBytes }))
  })

  mount(router, operations.updateApp, async ({ actor, params, body }) =>
    presentAppDetails(context, actor, await updateApp(context, actor, { ...params, ...body })),
  )

  mount(router, operations.deleteApp, async ({ actor, params }) => deleteApp(context, actor, params.appId))

  mount(router, operations.downloadBundle, async ({ actor, params, response }) => {
    const app = await findApp(context, actor, params.appId, 'download')
    response
      .attachment(`${app.name}.${app.version}.wave`)
      .type('application/zip')
      .set('Content-Length', String(app.bundleBytes))
    await sendBlob(context.blobs, app.bundleSha256, response)
  })

  mount(router, operations.getAppIcon, async ({ actor, params, response }) => {
    await findApp(context, actor, params.appId)
    await sendImage(context, response, { ...params, position: iconPosition })
  })

  mount(router, operations.getAppScreenshot, async ({ actor, params, response }) => {
    await findApp(context, actor, params.appId)
    await sendImage(context, response, { ...params, position: params.index })
  })

  return router
}

async function sendImage(
  context: AppContext,
  response: Response,
  wanted: { appId: string; position: number },
): Promise<void> {
  const image = (await context.apps.images(wanted.appId)).find((one) => one.position === wanted.position)
  if (!image) throw notFound('image', `${wanted.position} of app ${wanted.appId}`)
  response.type(image.mediaType).set({
    'Cache-Control': 'private, max-age=86400',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  })
  await sendBlob(context.blobs, image.sha256, response)
}
