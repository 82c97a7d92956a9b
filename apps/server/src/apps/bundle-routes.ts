import { pipeline } from 'node:stream/promises'
import { StorageError } from '@wave-store/storage'
import { Router } from 'express'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { bundlePath } from './bundle-passes.ts'

/** For pods that fetch what they are to run; people download an app by the API. */
export function bundleRoutes({ blobs, bundlePasses }: Pick<AppContext, 'blobs' | 'bundlePasses'>): Router {
  const router = Router()
  router.get(`${bundlePath}/:sha256`, async (request, response) => {
    const { sha256 } = request.params
    if (!bundlePasses.admits(sha256, request.headers.authorization))
      throw new AppError('not_found', 'There is no such bundle.')
    const bundle = await blobs.read(sha256).catch((cause: unknown) => {
      if (cause instanceof StorageError && cause.code === 'not_found')
        throw new AppError('not_found', 'There is no such bundle.')
      throw cause
    })
    response.set({ 'Cache-Control': 'no-store', 'Content-Type': 'application/zip' })
    await pipeline(bundle, response).catch(() => response.destroy())
  })
  return router
}
