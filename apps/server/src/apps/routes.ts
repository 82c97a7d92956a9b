import { bundleMediaTypes, operations } from '@wave-store/contract'
import { type Response, Router } from 'express'
import { AppError, notFound } from '../app-error.ts'
import { fields } from '../audit/event.ts'
import { appTarget } from '../audit/targets.ts'
import type { AppContext } from '../context.ts'
import { announceRange } from '../http/byte-range.ts'
import { clientAddress } from '../http/client-address.ts'
import { mount } from '../http/mount.ts'
import { appStatistics } from '../statistics/app-statistics.ts'
import { deleteApp } from './delete-app.ts'
import { findApp } from './find-app.ts'
import { importApp } from './import-app.ts'
import { listAppFiles } from './list-app-files.ts'
import { listApps } from './list-apps.ts'
import { presentAppDetails, presentApps } from './present-app.ts'
import { promoteApp } from './promote-app.ts'
import { iconPosition } from './repository.ts'
import { sendBlob } from './send-blob.ts'
import { transferApp } from './transfer-app.ts'
import { updateApp } from './update-app.ts'

export function appRoutes(context: AppContext): Router {
  const router = Router()

  mount(router, operations.listApps, async ({ actor, query }) => {
    const { items, ...answer } = await listApps(context, actor, query)
    return { ...answer, items: await presentApps(context, actor, items) }
  })

  mount(router, operations.getApp, async ({ actor, params }) =>
    presentAppDetails(context, actor, await findApp(context, actor, params.appId)),
  )

  mount(router, operations.importApp, async ({ actor, audit, request }) => {
    if (!request.is([...bundleMediaTypes]))
      throw new AppError(
        'unsupported_media_type',
        `Send the bundle itself as the body, with Content-Type ${bundleMediaTypes[0]}.`,
      )
    const announced = request.headers['content-length']
    const announcedBytes = announced === undefined ? null : Number(announced)
    // A refusal has to reach the sender, so what ends the reading must not end the connection.
    const bytes = request.iterator({ destroyOnReturn: false })
    const address = clientAddress(request, context.config.proxyHops)
    const app = await importApp(context, actor, { bytes, announcedBytes, address })
    audit.about(appTarget(app))
    return presentAppDetails(context, actor, app)
  })

  mount(router, operations.updateApp, async ({ actor, audit, params, body }) => {
    audit.about(appTarget(await findApp(context, actor, params.appId)), fields(body))
    return presentAppDetails(context, actor, await updateApp(context, actor, { ...params, ...body }))
  })

  mount(router, operations.promoteApp, async ({ actor, audit, params }) => {
    audit.about(appTarget(await findApp(context, actor, params.appId)))
    const { app, replaced } = await promoteApp(context, actor, params.appId)
    audit.about(appTarget(app), replaced.length > 0 ? `instead of ${replaced.join(', ')}` : '')
    return presentAppDetails(context, actor, app)
  })

  mount(router, operations.transferApp, async ({ actor, audit, params, body }) => {
    const before = appTarget(await findApp(context, actor, params.appId))
    audit.about(before)
    const app = await transferApp(context, actor, { ...params, ...body })
    audit.about(before, `to ${app.ownerName}`)
    audit.alsoAbout([appTarget(app)])
    return presentAppDetails(context, actor, app)
  })

  mount(router, operations.deleteApp, async ({ actor, audit, params }) => {
    audit.about(appTarget(await findApp(context, actor, params.appId)))
    await deleteApp(context, actor, params.appId)
  })

  mount(router, operations.downloadBundle, async ({ actor, audit, params, request, response }) => {
    audit.about(appTarget(await findApp(context, actor, params.appId)))
    const app = await findApp(context, actor, params.appId, 'download')
    await audit.done()
    const fileName = `${app.name}.${app.version}.wave`
    const elsewhere = await context.blobs.signedUrl(app.bundleSha256, { fileName, mediaType: 'application/zip' })
    if (elsewhere) return response.redirect(302, elsewhere)
    response.attachment(fileName).type('application/zip')
    const range = announceRange(request, response, app.bundleBytes)
    if (range !== null) await sendBlob(context.blobs, app.bundleSha256, response, range)
  })

  mount(router, operations.listAppFiles, async ({ actor, params }) => ({
    items: await listAppFiles(context, actor, params.appId),
  }))

  mount(router, operations.getAppStatistics, async ({ actor, params }) => appStatistics(context, actor, params.appId))

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
    // Whoever signs in next in the same browser asks anew.
    Vary: 'Cookie, Authorization',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  })
  await sendBlob(context.blobs, image.sha256, response)
}
