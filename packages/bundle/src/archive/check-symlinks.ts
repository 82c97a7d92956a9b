import { type Problem, problemError } from '../problem.ts'
import type { ArchiveReader } from './archive-reader.ts'
import { shown } from './check-entries.ts'

/** As the kernel follows them before it gives up. */
const maxHops = 40
const maxSymlinks = 5000
const maxTargetBytes = 1024

/** Reads every symbolic link of the archive and follows it as the kernel would, links on the way included. */
export async function checkSymlinks(archive: ArchiveReader): Promise<Problem[]> {
  const entries = archive.entries.filter(({ kind }) => kind === 'symlink')
  if (entries.length > maxSymlinks) {
    const message = `The archive has ${entries.length} symbolic links; at most ${maxSymlinks} are accepted.`
    return [problemError('too_many_entries', message)]
  }
  const links = new Map<string, string>()
  const problems: Problem[] = []
  for (const entry of entries) {
    const target = entry.sizeBytes <= maxTargetBytes ? await archive.read(entry, maxTargetBytes) : undefined
    if (target) links.set(entry.path, new TextDecoder().decode(target))
    if (entry.sizeBytes <= maxTargetBytes) continue
    const message = `The symbolic link ${shown(entry.path)} points at a path of more than ${maxTargetBytes} bytes.`
    problems.push(problemError('path_too_long', message, { entry: entry.name }))
  }
  return [...problems, ...[...links].flatMap(([path, target]) => checkLink(path, target, links))]
}

function checkLink(path: string, target: string, links: ReadonlyMap<string, string>): Problem[] {
  const at = { entry: path }
  switch (follow(path, target, links)) {
    case 'inside':
      return []
    case 'escapes': {
      const message = `The symbolic link ${shown(path)} leaves the bundle (${shown(target)}); put the file itself there.`
      return [problemError('symlink_escapes', message, at)]
    }
    case 'loops': {
      const message = `The symbolic link ${shown(path)} leads back to itself (${shown(target)}); remove it.`
      return [problemError('symlink_loop', message, at)]
    }
  }
}

function follow(path: string, target: string, links: ReadonlyMap<string, string>): 'inside' | 'escapes' | 'loops' {
  if (target.startsWith('/') || target.includes('\0')) return 'escapes'
  const at = path.split('/').slice(0, -1)
  const pending = target.split('/').reverse()
  for (let hops = 1; pending.length > 0; ) {
    const segment = pending.pop()!
    if (segment === '' || segment === '.') continue
    if (segment === '..') {
      if (at.pop() === undefined) return 'escapes'
      continue
    }
    const next = links.get([...at, segment].join('/'))
    if (next === undefined) {
      at.push(segment)
      continue
    }
    if (next.startsWith('/')) return 'escapes'
    hops += 1
    if (hops > maxHops) return 'loops'
    pending.push(...next.split('/').reverse())
  }
  return 'inside'
}
