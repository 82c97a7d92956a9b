import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs'
import { removeTree } from '../supervisor/remove-tree.ts'
import { runCommand } from '../supervisor/run-command.ts'
import { makeImage } from '../supervisor/volumes/disk-image.ts'
import type { Place } from './instance-data.ts'

/** Makes a disk image of what stands where it is to be mounted, at least as large as that needs. */
export async function turnIntoImage(
  { mount, image }: Pick<Place, 'mount' | 'image'>,
  { uid, sizeBytes }: { uid: number; sizeBytes: number },
): Promise<void> {
  const held = Number((await runCommand('du', ['-s', '--block-size=1', mount])).split('\t')[0])
  const { mode } = statSync(mount)
  await makeImage({ file: image, sizeBytes: Math.max(sizeBytes, held), uid, content: mount })
  await removeTree(mount)
  mkdirSync(mount)
  chmodSync(mount, mode & 0o7777)
  chownSync(mount, uid, uid)
}
