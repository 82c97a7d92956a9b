import type { RequestHandler } from 'express'
import { AppError } from '../app-error.ts'

/**
 * Lets writes through only when the browser says that a page of the store itself sent them. Callers that are no
 * browser send neither header, and no cookie that somebody else could make them send.
 */
export function requireSameOrigin(publicUrl: URL): RequestHandler {
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next()
    const origin = request.headers.origin
    const site = request.headers['sec-fetch-site']
    if (origin !== undefined && origin !== publicUrl.origin)
      throw new AppError('forbidden', `Writes are taken from pages at ${publicUrl.origin} only.`)
    if (site !== undefined && site !== 'same-origin')
      throw new AppError('forbidden', `Writes are taken from pages at ${publicUrl.origin} only.`)
    next()
  }
}
