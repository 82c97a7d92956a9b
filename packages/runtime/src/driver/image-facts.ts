import type { Exit, InstanceSpec } from '../runtime.ts'
import { osPackageName } from './os-package-name.ts'

/** Of the image that apps run in, where an engine runs them from one. */
export interface ImageFacts {
  /** Such as `3.11`. */
  python: string
  /** Names of Debian packages in it; null where it has no dpkg. */
  osPackages: string[] | null
}

/** Run by the Python of the image; prints an `ImageFacts` as JSON. */
export const imageFactsProgram = String.raw`
import json, re, subprocess, sys
try:
    listing = subprocess.run(['dpkg-query', '-W', '-f', '$' + '{Package} $' + '{Provides}\n'], capture_output=True, text=True)
    names = re.findall(r'[a-z0-9][a-z0-9.+-]+', re.sub(r'\([^)]*\)', '', listing.stdout)) if listing.returncode == 0 else None
except OSError:
    names = None
print(json.dumps({'python': '%d.%d' % sys.version_info[:2], 'osPackages': names and sorted(set(names))}))
`

/**
 * Why an app that wants other packages of the operating system is not started; null: all are there.
 *
 * @param remedy names the setting that changes the image
 */
export function osPackageFailure(
  { environment }: Pick<InstanceSpec, 'environment'>,
  { osPackages }: ImageFacts,
  remedy: string,
): Pick<Exit, 'reason' | 'message'> | null {
  const there = new Set(osPackages ?? [])
  const missing = environment.osPackages.filter((name) => !there.has(osPackageName(name)))
  if (missing.length === 0) return null
  const message = `packages.txt names what is not in the image that apps run in: ${missing.join(' ')}. ${remedy}`
  return { reason: 'os_package_missing', message }
}
