import { existsSync } from 'node:fs'
import path from 'node:path'
import type { InstanceSpec } from '@wave-store/runtime'
import type { InstancePaths } from '../../store-paths.ts'
import type { Place } from './holdings.ts'

const scratchPlaces = { app: '/app', tmp: '/tmp', home: '/home/app' }

/** Where a running instance can write to the store's disk. */
export function placesOf(spec: InstanceSpec, paths: InstancePaths): Place[] {
  const scratch = Object.entries(scratchPlaces).map(
    ([name, inside]): Place => ({
      path: path.join(paths.scratch, name),
      inside,
      kind: 'scratch',
    }),
  )
  const venv = path.join(paths.environment, 'venv')
  return [
    ...scratch,
    ...volumePlaces(paths.volume, paths.volumeImage, spec.volume?.path, spec.volume?.sizeBytes),
    ...volumePlaces(venv, `${venv}.img`, '/resources', spec.environment.ownVolumeBytes),
  ]
}

/** An image has its size by itself, and what is written to it takes room all the same. */
function volumePlaces(
  directory: string,
  image: string,
  inside: string | undefined,
  maxBytes: number | undefined,
): Place[] {
  if (inside === undefined || maxBytes === undefined) return []
  if (existsSync(image)) return [{ path: image, inside, kind: 'volume' }]
  return [{ path: directory, inside, kind: 'volume', maxBytes }]
}
