import { type Problem, problemError } from '../problem.ts'
import { shown } from './check-entries.ts'
import type { ArchiveEntry } from './entry.ts'

export type ContentProblemCode = 'size_lies' | 'crc_mismatch' | 'damaged'

export function contentProblem(code: ContentProblemCode, entry: ArchiveEntry): Problem {
  const what = {
    size_lies: `The size that is stated for ${shown(entry.name)} is wrong.`,
    crc_mismatch: `The content of ${shown(entry.name)} does not fit its checksum: the archive was damaged. Pack the app again.`,
    damaged: `${shown(entry.name)} cannot be unpacked: the archive is damaged. Pack the app again.`,
  }
  return problemError(code, what[code], { entry: entry.name })
}
