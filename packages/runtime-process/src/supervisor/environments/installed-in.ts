import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Package } from '@wave-store/runtime/driver'

const infoDirectory = /^([A-Za-z0-9._]+)-([A-Za-z0-9.!+_]+)\.dist-info$/

/** By the names of directories alone: what stands in their files is the packages' own. */
export function installedIn(venv: string): Package[] {
  const found = sitePackages(venv)
    .flatMap(names)
    .flatMap((name) => {
      const match = infoDirectory.exec(name)
      return match ? [{ name: match[1]!.replaceAll('_', '-'), version: match[2]! }] : []
    })
  return found.sort((a, b) => a.name.localeCompare(b.name))
}

function sitePackages(venv: string): string[] {
  return names(path.join(venv, 'lib')).map((python) => path.join(venv, 'lib', python, 'site-packages'))
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
