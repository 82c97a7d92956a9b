import { existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import type { BuildFailure, BuildResult } from '@wave-store/runtime/driver'
import { removeTree } from '../remove-tree.ts'
import { runCommand } from '../run-command.ts'
import { growImage, makeImage } from '../volumes/disk-image.ts'
import { readMarker, sealEnvironment } from './environment-marker.ts'
import type { Asker, Lease } from './environments.ts'

interface Means {
  build: (directory: string) => Promise<BuildResult>
  /** Whether disk images can be mounted. */
  images: boolean
}

/** An environment that no other instance has: kept with it, and with a size to hold where it may write to it. */
export async function acquireOwn(key: string, asker: Asker, { build, images }: Means): Promise<Lease | BuildFailure> {
  const { paths, spec, uid } = asker
  const { ownVolumeBytes } = spec.environment
  const venv = path.join(paths.environment, 'venv')
  const lease = (): Lease => {
    const image = `${venv}.img`
    const mounted = existsSync(image) ? { image } : {}
    return { path: venv, writable: ownVolumeBytes !== undefined, ...mounted, release: () => {} }
  }
  if (readMarker(paths.environment)?.key === key) {
    const kept = lease()
    if (kept.image && !images)
      throw new Error('its /resources is a disk image, and this machine does not mount one any more')
    if (kept.image) await growImage(kept.image, ownVolumeBytes ?? 0)
    return kept
  }
  const workshop = `${paths.environment}.building`
  try {
    const result = await build(workshop)
    if (!result.built) return result.failure
    await sealEnvironment(workshop, key, { takeOver: uid !== null, packages: result.packages ?? [] })
    if (ownVolumeBytes !== undefined && uid !== null) {
      const tooLarge = await giveAway(workshop, { uid, sizeBytes: ownVolumeBytes, images })
      if (tooLarge) return tooLarge
    }
    await removeTree(paths.environment)
    renameSync(workshop, paths.environment)
    return lease()
  } finally {
    await removeTree(workshop)
  }
}

/** Makes a finished environment the instance's, within its size where that can be. */
async function giveAway(
  workshop: string,
  { uid, sizeBytes, images }: { uid: number; sizeBytes: number; images: boolean },
) {
  const venv = path.join(workshop, 'venv')
  const held = readMarker(workshop)?.sizeBytes ?? 0
  if (held > sizeBytes) return tooLargeFor(sizeBytes, held)
  await runCommand('chown', ['-R', '--no-dereference', `${uid}:${uid}`, venv])
  if (!images) return undefined
  await makeImage({ file: `${venv}.img`, sizeBytes, uid, content: venv })
  await removeTree(venv)
  mkdirSync(venv, { mode: 0o755 })
  return undefined
}

function tooLargeFor(sizeBytes: number, held: number): BuildFailure {
  const [packages, size] = [held, sizeBytes].map((bytes) => `${Math.ceil(bytes / 2 ** 20)} MiB`)
  return {
    reason: 'disk_full',
    message: `The app's packages take ${packages}, more than the ${size} of its /resources.`,
  }
}
