import { chownSync, existsSync, mkdirSync, opendirSync } from 'node:fs'
import { growImage, makeImage } from './disk-image.ts'

export interface Volume {
  /** Where it is found, or where its image is mounted in the sandbox's own view of mounts. */
  directory: string
  image: string
  sizeBytes: number
  uid: number | null
}

/**
 * Makes a volume ready for a start; what is on it stays.
 *
 * @returns the image to be mounted at its directory, or null where the directory itself is the volume: where images
 *   cannot be mounted, and where an earlier version of the store has made it so.
 */
export async function layVolume({ directory, image, sizeBytes, uid }: Volume, canMount: boolean) {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (uid !== null) chownSync(directory, uid, uid)
  if (existsSync(image)) {
    if (!canMount) throw new Error('its volume is a disk image, and this machine does not mount one any more')
    await growImage(image, sizeBytes)
    return image
  }
  if (!canMount || uid === null || !isEmpty(directory)) return null
  await makeImage({ file: image, sizeBytes, uid })
  return image
}

export function isEmpty(directory: string): boolean {
  const entries = opendirSync(directory)
  try {
    return entries.readSync() === null
  } finally {
    entries.closeSync()
  }
}
