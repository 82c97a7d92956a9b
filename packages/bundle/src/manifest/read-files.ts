import type { Problem } from '../problem.ts'
import type { Section } from './document.ts'
import type { FileEntry } from './manifest.ts'
import { readSource } from './read-env.ts'
import {
  codeDirectory,
  isInside,
  parentOf,
  resolveSandboxPath,
  resourcesDirectory,
  systemDirectoryOf,
} from './sandbox-path.ts'
import { quoted, SectionReader } from './section-reader.ts'

/** Reads the tables [[File]]. `volumePath`: where the app's volume is mounted. */
export function readFiles(sections: Section[], volumePath: string | undefined, problems: Problem[]): FileEntry[] {
  const files: FileEntry[] = []
  const taken: string[] = []
  for (const section of sections) {
    const reader = new SectionReader(section, problems)
    const path = readPath(reader)
    const source = readSource(reader, 'File')
    const optional = reader.boolean('Optional')
    if (path === undefined) continue
    const fault = faultOfPath(path.resolved, taken, volumePath)
    if (fault) {
      reader.error(fault.code, 'Path', `Path ${quoted(path.written)} ${fault.message}`)
      continue
    }
    taken.push(path.resolved)
    if (source) files.push({ path: path.written, ...source, optional })
  }
  return files
}

function readPath(reader: SectionReader): { written: string; resolved: string } | undefined {
  const written = reader.nonEmpty('Path')
  if (written === undefined) {
    const value = reader.section.fields.get('Path')?.value
    if (value === undefined || value === '') {
      reader.error(
        'required',
        'Path',
        '[[File]] needs Path: write where the file is to stand, such as "config/app.ini".',
      )
    }
    return undefined
  }
  if (/(^|\/)\.?$/.test(written)) {
    reader.error('bad_value', 'Path', `Path ${quoted(written)} names a directory; add the name of the file.`)
    return undefined
  }
  const resolved = resolveSandboxPath(written)
  if ('path' in resolved) return { written, resolved: resolved.path }
  reader.error('bad_value', 'Path', `Path ${quoted(written)} ${resolved.fault}`)
  return undefined
}

interface Fault {
  code: 'bad_value' | 'duplicate' | 'path_conflict'
  message: string
}

function faultOfPath(path: string, taken: string[], volumePath: string | undefined): Fault | undefined {
  const directory = parentOf(path)
  const fault = faultOfDirectory(directory)
  if (fault) return { code: 'bad_value', message: fault }
  if (taken.some((other) => parentOf(other) === directory)) {
    const message = `has the directory ${directory} in common with an earlier [[File]]; give each one a directory of its own.`
    return { code: 'duplicate', message }
  }
  const rival = taken.find((other) => isInside(path, other) || isInside(other, path))
  if (rival) return { code: 'path_conflict', message: `and the [[File]] at ${rival} cannot both exist; move one.` }
  if (volumePath !== undefined && (isInside(path, volumePath) || isInside(volumePath, path))) {
    const message = `stands in the way of the volume at ${volumePath}; put the file into another directory.`
    return { code: 'path_conflict', message }
  }
  return undefined
}

function faultOfDirectory(directory: string): string | undefined {
  if (directory === '/') return 'has no directory but "/"; put it into a directory, such as "/config/app.ini".'
  if (directory === codeDirectory) return "lies right beside the app's code; put it into a subdirectory."
  if (isInside(directory, resourcesDirectory)) return `lies in ${resourcesDirectory}, the app's Python environment.`
  const system = systemDirectoryOf(directory)
  return system && `lies in ${system}, which belongs to the system; choose another directory.`
}
