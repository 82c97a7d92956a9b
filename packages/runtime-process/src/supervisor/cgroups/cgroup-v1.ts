import { existsSync, mkdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Cgroup, Cgroups, GroupLimits, GroupUsage } from './cgroups.ts'
import { killAll, readField, readFields, readNumber, readNumbers, removeGroup } from './group-directory.ts'

/** `cpuacct` only counts; on many machines it shares the hierarchy of `cpu`. */
const controllers = ['memory', 'pids', 'cpu', 'cpuacct'] as const
export type Controller = (typeof controllers)[number]
const cpuPeriodMicros = 100_000

/** One hierarchy a controller; `bases` are the groups that this process is in, by controller. */
export class CgroupsV1 implements Cgroups {
  readonly version = 1
  readonly limits: Cgroups['limits']
  readonly parents: string[]
  readonly #parents: Partial<Record<Controller, string>> = {}

  constructor(bases: Partial<Record<Controller, string>>, storeGroup: string) {
    for (const controller of controllers) {
      const base = bases[controller]
      if (!base) continue
      const parent = path.join(base, storeGroup)
      mkdirSync(parent, { recursive: true })
      this.#parents[controller] = parent
    }
    this.parents = [...new Set(Object.values(this.#parents))]
    this.limits = { memory: 'memory' in this.#parents, pids: 'pids' in this.#parents, cpu: 'cpu' in this.#parents }
  }

  create(name: string, limits: GroupLimits | null): Cgroup {
    for (const parent of this.parents) mkdirSync(path.join(parent, name), { recursive: true })
    const made = this.#named(name)
    if (limits) made.limit(limits)
    return made
  }

  rename(from: string, to: string): Cgroup {
    for (const parent of this.parents) renameSync(path.join(parent, from), path.join(parent, to))
    return this.#named(to)
  }

  #named(name: string): Cgroup {
    const parents = Object.entries(this.#parents)
    return new CgroupV1(
      Object.fromEntries(parents.map(([controller, parent]) => [controller, path.join(parent, name)])),
    )
  }

  removeParents(): void {
    for (const parent of this.parents) rmdirSync(parent)
  }
}

function limit(groups: Partial<Record<Controller, string>>, limits: GroupLimits): void {
  const { memory, pids, cpu } = groups
  if (memory) {
    writeFileSync(path.join(memory, 'memory.limit_in_bytes'), String(limits.memoryBytes))
    const withSwap = path.join(memory, 'memory.memsw.limit_in_bytes')
    if (existsSync(withSwap)) writeFileSync(withSwap, String(limits.memoryBytes))
  }
  if (pids) writeFileSync(path.join(pids, 'pids.max'), String(limits.pids))
  if (cpu && limits.cpuMillis) {
    writeFileSync(path.join(cpu, 'cpu.cfs_period_us'), String(cpuPeriodMicros))
    writeFileSync(path.join(cpu, 'cpu.cfs_quota_us'), String(Math.ceil((limits.cpuMillis * cpuPeriodMicros) / 1000)))
  }
}

class CgroupV1 implements Cgroup {
  readonly joinFiles: string[]
  readonly #groups: Partial<Record<Controller, string>>
  /** Two controllers may share one. */
  readonly #directories: string[]

  constructor(groups: Partial<Record<Controller, string>>) {
    this.#groups = groups
    this.#directories = [...new Set(Object.values(groups))]
    this.joinFiles = this.#directories.map((group) => path.join(group, 'cgroup.procs'))
  }

  limit(limits: GroupLimits): void {
    limit(this.#groups, limits)
  }

  oomKills(): number {
    const { memory } = this.#groups
    return memory ? readField(path.join(memory, 'memory.oom_control'), 'oom_kill') : 0
  }

  usage(): GroupUsage {
    const { memory, cpuacct } = this.#groups
    return {
      cpuMs: cpuacct ? readNumber(path.join(cpuacct, 'cpuacct.usage')) / 1e6 : 0,
      memoryBytes: memory ? heldBytes(memory) : 0,
      processes: this.pids().length,
    }
  }

  pids(): number[] {
    return [...new Set(this.joinFiles.flatMap(readNumbers))]
  }

  kill(): void {
    const { pids } = this.#groups
    // Without this a fork bomb has new processes before the old ones are killed.
    if (pids && existsSync(pids)) writeFileSync(path.join(pids, 'pids.max'), '0')
    killAll(this.pids())
  }

  async remove(): Promise<void> {
    await Promise.all(this.#directories.map((group) => removeGroup(group, () => this.kill())))
  }
}

function heldBytes(memory: string): number {
  const { total_cache = 0, total_shmem = 0 } = readFields(path.join(memory, 'memory.stat'))
  // Shared memory counts as cache, and is none that could be dropped.
  return Math.max(0, readNumber(path.join(memory, 'memory.usage_in_bytes')) - (total_cache - total_shmem))
}
