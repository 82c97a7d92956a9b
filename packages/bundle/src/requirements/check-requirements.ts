import { parentsOf, shown } from '../archive/check-entries.ts'
import type { ArchiveEntry } from '../archive/entry.ts'
import { type Problem, problemWarning } from '../problem.ts'
import { parseRequirements } from './parse-requirements.ts'

export const requirementsEntry = 'requirements.txt'

/** Warns of files that requirements.txt names and the bundle does not hold. */
export function checkRequirements(text: string, entries: readonly ArchiveEntry[]): Problem[] {
  const held = new Set(entries.flatMap((entry) => [entry.path, ...parentsOf(entry.path)]))
  return parseRequirements(text).flatMap((requirement) => {
    if (!('path' in requirement) || requirement.path === '' || held.has(requirement.path)) return []
    const message = `It names ${shown(requirement.path)}, which the bundle does not hold; paths are relative to the root of the bundle.`
    return [problemWarning('file_missing', message, { entry: requirementsEntry, line: requirement.line })]
  })
}
