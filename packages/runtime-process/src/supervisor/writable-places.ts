import { chownSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { InstanceSpec } from '@wave-store/runtime'
import { fileDirectories, isAtOrBelow } from '@wave-store/runtime/driver'
import type { InstancePaths } from '../store-paths.ts'
import type { SandboxMounts } from './sandbox/bwrap-arguments.ts'
import { layVolume } from './volumes/lay-volume.ts'

export interface WritablePlaces {
  /** In the order in which they are mounted. */
  mounts: SandboxMounts['writable']
  /** The volume among them. */
  volume: SandboxMounts['writable'][number] | undefined
}

/** Makes what an instance may write to besides its code, its home and `/tmp`: its volume, and directories of files. */
export async function layWritablePlaces(
  { volume, files }: Pick<InstanceSpec, 'volume' | 'files'>,
  paths: InstancePaths,
  uid: number | null,
  images: boolean,
): Promise<WritablePlaces> {
  const directories = fileDirectories({ files })
    .filter((inside) => !volume || !isAtOrBelow(inside, [volume.path]))
    .map((inside, index) => ({ source: ownDirectory(path.join(paths.scratch, `files-${index}`), uid), inside }))
  if (!volume) return { mounts: directories, volume: undefined }
  const { sizeBytes } = volume
  const laid = { directory: paths.volume, image: paths.volumeImage, sizeBytes, uid }
  const mount = { source: paths.volume, inside: volume.path, image: await layVolume(laid, images) }
  return { mounts: [...directories, mount], volume: mount }
}

function ownDirectory(directory: string, uid: number | null): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (uid !== null) chownSync(directory, uid, uid)
  return directory
}
