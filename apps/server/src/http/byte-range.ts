import type { ByteRange } from '@wave-store/storage'
import type { Request, Response } from 'express'

/**
 * Announces what of a body of that size is answered: the one range that was asked for (RFC 9110, section 14), else all.
 *
 * @returns the range; undefined: all; null: it lies outside, and that is answered already
 */
export function announceRange(request: Request, response: Response, sizeBytes: number): ByteRange | undefined | null {
  response.set('Accept-Ranges', 'bytes')
  const ranges = request.range(sizeBytes)
  if (ranges === -1) {
    response.status(416).set('Content-Range', `bytes */${sizeBytes}`).end()
    return null
  }
  const [range, another] = Array.isArray(ranges) && ranges.type === 'bytes' ? ranges : []
  if (!range || another) {
    response.set('Content-Length', String(sizeBytes))
    return undefined
  }
  response
    .status(206)
    .set('Content-Range', `bytes ${range.start}-${range.end}/${sizeBytes}`)
    .set('Content-Length', String(range.end - range.start + 1))
  return range
}
