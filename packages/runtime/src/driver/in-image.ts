import type { Exit, InstanceSpec } from '../runtime.ts'
import { launcherSpec, type Ports } from './launcher-spec.ts'
import { fileDirectories, isAtOrBelow } from './sandbox-paths.ts'

/** The user that apps run as in the image of apps; its recipe says the same. */
export const appUser = 10_001

/** Why an app is not started at all; what stands in its place only tells it. */
export type StartFailure = Pick<Exit, 'reason' | 'message'>

/** On loopback the Wave server answers as well, and on every address there is. */
const everywhere = '0.0.0.0'

/** What a launcher is told that finds its own address by itself. */
export function launcherSpecInImage(spec: InstanceSpec, ports: Ports): Record<string, unknown> {
  return { ...launcherSpec(spec, everywhere, ports), probeHosts: ['@own'] }
}

/** Directories of an app's files that neither its code nor its volume holds: each has to be made for its user. */
export function ownFileDirectories({ volume, files }: Pick<InstanceSpec, 'volume' | 'files'>): string[] {
  const volumes = volume ? [volume.path] : []
  return fileDirectories({ files }).filter((inside) => !isAtOrBelow(inside, volumes))
}
