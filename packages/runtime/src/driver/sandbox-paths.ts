import path from 'node:path'
import type { InstanceSpec } from '../runtime.ts'

/** Where the directory of the socket stands that leads to the store, where the app may have it. */
export const doorInside = '/run/wave-store'

/** Paths that are the sandbox's own; neither a volume nor a file of the app may stand at or below one. */
export const reservedPaths = [
  '/app',
  '/bin',
  '/bundle.wave',
  '/dev',
  '/etc',
  '/home/app',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/opt/wave',
  '/proc',
  '/resources',
  '/run/wave',
  doorInside,
  '/sbin',
  '/sys',
  '/tmp',
  '/usr',
]

export function isReserved(inside: string): boolean {
  return inside === '/' || reservedPaths.some((each) => inside === each || inside.startsWith(`${each}/`))
}

/** Directories of files at absolute paths outside of the app's code; each must be writable for the launcher. */
export function fileDirectories(spec: Pick<InstanceSpec, 'files'>): string[] {
  const directories = spec.files
    .filter(({ path: file }) => path.posix.isAbsolute(file))
    .map(({ path: file }) => path.posix.dirname(path.posix.normalize(file)))
  return [...new Set(directories)].filter((directory) => !isAtOrBelow(directory, ['/app', '/tmp', '/home/app']))
}

export function isAtOrBelow(directory: string, roots: string[]): boolean {
  return roots.some((root) => directory === root || directory.startsWith(`${root}/`))
}
