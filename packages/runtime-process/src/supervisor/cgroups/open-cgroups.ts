import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CgroupsV1, type Controller } from './cgroup-v1.ts'
import { CgroupsV2 } from './cgroup-v2.ts'
import type { Cgroups } from './cgroups.ts'
import { readNumbers } from './group-directory.ts'

/** What the kernel says of this process, read once so that tests can say it instead. */
export interface CgroupFacts {
  /** `/proc/self/cgroup` */
  membership: string
  /** `/proc/self/mounts` */
  mounts: string
}

export function cgroupFacts(): CgroupFacts {
  return { membership: readFileSync('/proc/self/cgroup', 'utf8'), mounts: readFileSync('/proc/self/mounts', 'utf8') }
}

/** The control groups of this machine, or null where none can be made. */
export function openCgroups(storeGroup: string, facts: CgroupFacts = cgroupFacts()): Cgroups | null {
  const mounts = facts.mounts.split('\n').map((line) => line.split(' '))
  const members = facts.membership.split('\n').map((line) => line.split(':'))
  return openV1(storeGroup, mounts, members) ?? openV2(storeGroup, mounts, members)
}

function openV1(storeGroup: string, mounts: string[][], members: string[][]): Cgroups | null {
  const bases: Partial<Record<Controller, string>> = {}
  for (const controller of ['memory', 'pids', 'cpu', 'cpuacct'] as const) {
    const mount = mounts.find((each) => each[2] === 'cgroup' && each[3]?.split(',').includes(controller))?.[1]
    const own = members.find((each) => each[1]?.split(',').includes(controller))?.[2]
    if (mount && own) bases[controller] = ownGroup(mount, own)
  }
  if (!bases.memory) return null
  try {
    return new CgroupsV1(bases, storeGroup)
  } catch {
    return null
  }
}

function openV2(storeGroup: string, mounts: string[][], members: string[][]): Cgroups | null {
  const mount = mounts.find((each) => each[2] === 'cgroup2')?.[1]
  if (!mount) return null
  const own = members.find((each) => each[0] === '0')?.[2] ?? '/'
  const group = ownGroup(mount, own)
  // The group above is ours where the supervisor was put into a leaf of a delegated one.
  const bases = [...new Set([group, group === mount ? mount : path.dirname(group), mount])].filter(canBeDivided)
  for (const base of bases) {
    try {
      const cgroups = new CgroupsV2(base, storeGroup)
      if (cgroups.limits.memory) return cgroups
    } catch {
      // Not ours to divide; the next one may be.
    }
  }
  return null
}

function ownGroup(mount: string, own: string): string {
  const directory = path.join(mount, own)
  // In a container the path may be the host's while the mount shows the container's group as its root.
  return existsSync(directory) ? directory : mount
}

/** In a group that holds processes nothing can be enabled for children, except in the root of the hierarchy. */
function canBeDivided(group: string): boolean {
  const isRoot = !existsSync(path.join(group, 'cgroup.type'))
  return isRoot || readNumbers(path.join(group, 'cgroup.procs')).length === 0
}
