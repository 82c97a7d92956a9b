import type { ImageMediaType } from './report.ts'

/** So many bytes tell what an image is. */
export const sniffBytes = 16

/** What the content is, by its first bytes; undefined when it is no image of a kind that is shown. */
export function sniffImage(head: Uint8Array): ImageMediaType | undefined {
  const text = String.fromCharCode(...head.subarray(0, sniffBytes))
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(text)) return 'image/gif'
  if (/^RIFF.{4}WEBP/s.test(text)) return 'image/webp'
  return undefined
}
