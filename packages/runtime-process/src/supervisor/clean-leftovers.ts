import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { SupervisorFile } from '../protocol.ts'
import { instancePaths, type StorePaths } from '../store-paths.ts'
import { childGroups, killAll, readNumbers, removeGroup } from './cgroups/group-directory.ts'
import { removeTree } from './remove-tree.ts'

/**
 * Removes what a killed predecessor has left: processes that were about to become sandboxes (those that had become
 * one died with it), control groups, and scratch directories. Networks are removed when they are set up anew.
 */
export async function cleanLeftovers(store: StorePaths): Promise<void> {
  const groups = readSupervisorFile(store)?.groups.flatMap(childGroups) ?? []
  for (const group of groups) {
    await removeGroup(group, () => killAll(readNumbers(path.join(group, 'cgroup.procs'))))
  }
  for (const id of readdirSync(store.instances)) {
    const { scratch, environment } = instancePaths(store, id)
    for (const directory of [scratch, `${environment}.building`]) await removeTree(directory)
  }
  await removeTree(store.program)
}

export function readSupervisorFile(store: StorePaths): SupervisorFile | undefined {
  try {
    return JSON.parse(readFileSync(store.supervisorFile, 'utf8')) as SupervisorFile
  } catch {
    return undefined
  }
}
