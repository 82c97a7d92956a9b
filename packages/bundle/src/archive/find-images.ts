import { type Problem, problemWarning } from '../problem.ts'
import type { ArchiveReader } from './archive-reader.ts'
import { shown } from './check-entries.ts'
import type { ArchiveEntry } from './entry.ts'
import type { BundleLimits } from './limits.ts'
import type { BundleImage } from './report.ts'
import { sniffBytes, sniffImage } from './sniff-image.ts'

const rasterName = /\.(png|jpe?g|gif|webp)$/i

export interface BundleImages {
  icon?: BundleImage
  screenshots: BundleImage[]
}

/**
 * Icon and screenshots from `static/`. One that cannot be shown is left out with a warning: the app works without it,
 * and the guide demands none.
 */
export async function findImages(
  archive: ArchiveReader,
  limits: BundleLimits,
  problems: Problem[],
): Promise<BundleImages> {
  const named = (prefix: RegExp) =>
    archive.entries
      .filter((entry) => entry.kind === 'file' && prefix.test(entry.path))
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const icon = await findIcon(archive, named(/^static\/icon[^/]*$/i), limits, problems)
  const screenshots: BundleImage[] = []
  const candidates = named(/^static\/screenshot[^/]*$/i).filter((entry) => rasterName.test(entry.path))
  for (const entry of candidates.slice(0, limits.maxScreenshots)) {
    const image = await readImage(archive, entry, { what: 'screenshot', maxBytes: limits.maxScreenshotBytes }, problems)
    if (image) screenshots.push(image)
  }
  if (candidates.length > limits.maxScreenshots) {
    const message = `There are ${candidates.length} screenshots; the first ${limits.maxScreenshots} by name are shown.`
    problems.push(problemWarning('too_many_screenshots', message))
  }
  return { ...(icon && { icon }), screenshots }
}

async function findIcon(
  archive: ArchiveReader,
  candidates: ArchiveEntry[],
  limits: BundleLimits,
  problems: Problem[],
): Promise<BundleImage | undefined> {
  // The guide's icon is a PNG; others stand in for it.
  const rasters = candidates.filter((entry) => rasterName.test(entry.path))
  const ordered = [
    ...rasters.filter((entry) => /\.png$/i.test(entry.path)),
    ...rasters.filter((entry) => !/\.png$/i.test(entry.path)),
  ]
  for (const entry of ordered) {
    const image = await readImage(archive, entry, { what: 'icon', maxBytes: limits.maxIconBytes }, problems)
    if (image) return image
  }
  const drawing = candidates.find((entry) => /\.svgz?$/i.test(entry.path))
  if (drawing) {
    const message = `${shown(drawing.path)} is not used as icon: SVG can carry scripts. Put a PNG, such as static/icon.png, beside it.`
    problems.push(problemWarning('image_refused', message, { entry: drawing.path }))
  }
  return undefined
}

async function readImage(
  archive: ArchiveReader,
  entry: ArchiveEntry,
  { what, maxBytes }: { what: string; maxBytes: number },
  problems: Problem[],
): Promise<BundleImage | undefined> {
  const refuse = (reason: string) => {
    const message = `${shown(entry.path)} is not used as ${what}: ${reason}`
    problems.push(problemWarning('image_refused', message, { entry: entry.path }))
    return undefined
  }
  if (entry.sizeBytes > maxBytes) return refuse(`it has ${entry.sizeBytes} bytes; at most ${maxBytes} are shown.`)
  const head = await archive.read(entry, sniffBytes)
  if (!head) return undefined
  const mediaType = sniffImage(head)
  if (!mediaType) return refuse('its content is not PNG, JPEG, GIF or WebP.')
  return { entry: entry.path, mediaType }
}
