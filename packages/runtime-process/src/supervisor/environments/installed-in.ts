import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Package } from './environment-marker.ts'

const mostPackages = 5000
const distribution = /^([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)==([A-Za-z0-9.!+_-]{1,100})$/
const infoDirectory = /^([A-Za-z0-9._]+)-([A-Za-z0-9.!+_]+)\.dist-info$/

/** What a build says that it has installed, `name==version` each; a build is not trusted to speak well. */
export function packagesOf(claimed: unknown): Package[] {
  if (!Array.isArray(claimed)) return []
  return claimed.slice(0, mostPackages).flatMap((each) => {
    const match = typeof each === 'string' ? distribution.exec(each) : null
    return match ? [{ name: match[1]!, version: match[2]! }] : []
  })
}

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
