import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { runCommand } from '../run-command.ts'
import { entryCommand } from '../sandbox/entry-script.ts'
import { makeImage } from './disk-image.ts'

/**
 * Tries whether a disk image can be made and mounted: it takes root, e2fsprogs and a loop device.
 *
 * @returns the reason why not; undefined when it works.
 */
export async function whyNoImages(directory: string): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'it takes root'
  const place = mkdtempSync(path.join(directory, '.image-'))
  const image = { file: path.join(place, 'image'), at: place }
  const entry = { views: [], images: [image], uid: null }
  try {
    await makeImage({ file: image.file, sizeBytes: 1, uid: 0 })
    const [command, ...args] = entryCommand(entry, ['true'])
    await runCommand(command!, args)
    return undefined
  } catch (error) {
    // A disk that is full now does not turn volumes into something else.
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return undefined
    return (error as Error).message
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
