import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Cgroup, Cgroups, GroupLimits, GroupUsage } from './cgroups.ts'
import { killAll, readField, readFields, readNumber, readNumbers, removeGroup } from './group-directory.ts'

const wanted = ['memory', 'pids', 'cpu'] as const
const cpuPeriodMicros = 100_000

/** The unified hierarchy; `base` is a group whose `cgroup.subtree_control` may be written. */
export class CgroupsV2 implements Cgroups {
  readonly version = 2
  readonly limits: Cgroups['limits']
  readonly parents: string[]
  readonly #parent: string

  constructor(base: string, storeGroup: string) {
    enable(base)
    this.#parent = path.join(base, storeGroup)
    mkdirSync(this.#parent, { recursive: true })
    const enabled = enable(this.#parent)
    this.parents = [this.#parent]
    this.limits = { memory: enabled.has('memory'), pids: enabled.has('pids'), cpu: enabled.has('cpu') }
  }

  create(name: string, limits: GroupLimits | null): Cgroup {
    const group = path.join(this.#parent, name)
    mkdirSync(group, { recursive: true })
    const made = new CgroupV2(group, this.limits)
    if (limits) made.limit(limits)
    return made
  }

  removeParents(): void {
    rmdirSync(this.#parent)
  }
}

/** Gives the controllers that children of `group` have afterwards. Fails where processes stand in the group itself. */
function enable(group: string): Set<string> {
  const available = new Set(readFileSync(path.join(group, 'cgroup.controllers'), 'utf8').trim().split(' '))
  const usable = wanted.filter((controller) => available.has(controller))
  const file = path.join(group, 'cgroup.subtree_control')
  const before = new Set(readFileSync(file, 'utf8').trim().split(' '))
  const missing = usable.filter((controller) => !before.has(controller))
  if (missing.length > 0) writeFileSync(file, missing.map((controller) => `+${controller}`).join(' '))
  return new Set(usable)
}

class CgroupV2 implements Cgroup {
  readonly joinFiles: string[]
  readonly #group: string
  readonly #can: Cgroups['limits']

  constructor(group: string, can: Cgroups['limits']) {
    this.#group = group
    this.#can = can
    this.joinFiles = [path.join(group, 'cgroup.procs')]
  }

  limit(limits: GroupLimits): void {
    const set = (file: string, value: string) => writeFileSync(path.join(this.#group, file), value)
    if (this.#can.memory) {
      set('memory.max', String(limits.memoryBytes))
      set('memory.oom.group', '1')
      // Absent where the kernel has no swap.
      if (existsSync(path.join(this.#group, 'memory.swap.max'))) set('memory.swap.max', '0')
    }
    if (this.#can.pids) set('pids.max', String(limits.pids))
    if (this.#can.cpu && limits.cpuMillis) {
      set('cpu.max', `${Math.ceil((limits.cpuMillis * cpuPeriodMicros) / 1000)} ${cpuPeriodMicros}`)
    }
  }

  oomKills(): number {
    return readField(path.join(this.#group, 'memory.events'), 'oom_kill')
  }

  usage(): GroupUsage {
    const { file = 0, shmem = 0 } = readFields(path.join(this.#group, 'memory.stat'))
    return {
      cpuMs: readField(path.join(this.#group, 'cpu.stat'), 'usage_usec') / 1000,
      // Shared memory counts as files', and is none that could be dropped.
      memoryBytes: Math.max(0, readNumber(path.join(this.#group, 'memory.current')) - (file - shmem)),
      processes: this.pids().length,
    }
  }

  pids(): number[] {
    return this.joinFiles.flatMap(readNumbers)
  }

  kill(): void {
    const [killFile, pidsMax] = [path.join(this.#group, 'cgroup.kill'), path.join(this.#group, 'pids.max')]
    // In kernels since 5.14.
    if (existsSync(killFile)) {
      writeFileSync(killFile, '1')
      return
    }
    // Without this a fork bomb has new processes before the old ones are killed.
    if (existsSync(pidsMax)) writeFileSync(pidsMax, '0')
    killAll(this.pids())
  }

  remove(): Promise<void> {
    return removeGroup(this.#group, () => this.kill())
  }
}
