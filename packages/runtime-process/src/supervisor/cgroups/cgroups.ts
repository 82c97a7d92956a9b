/** Control groups of one hierarchy version, all below a group that belongs to one store. */
export interface Cgroups {
  readonly version: 1 | 2
  readonly limits: { memory: boolean; pids: boolean; cpu: boolean }
  /** Directories of the store's own group; a later supervisor finds left-overs by them. */
  readonly parents: string[]
  /** @param limits null: none until they are set */
  create(name: string, limits: GroupLimits | null): Cgroup
  /** Gives a group another name, with the processes that are in it; absent where the kernel cannot. */
  rename?(from: string, to: string): Cgroup
  /** Removes the store's own group; nothing may be left in it. */
  removeParents(): void
}

export interface GroupLimits {
  memoryBytes: number
  pids: number
  cpuMillis?: number
}

export interface GroupUsage {
  /** CPU time of all processes that were ever in it. */
  cpuMs: number
  /** What the kernel could not take back by itself: without the pages of files that it keeps to be quick. */
  memoryBytes: number
  /** Not their threads, which a limit of `pids` counts too. */
  processes: number
}

export interface Cgroup {
  /** A process joins by writing its id into each of these files. */
  readonly joinFiles: string[]
  /** Sets the limits of one that had none. */
  limit(limits: GroupLimits): void
  /** How many processes the kernel has ended for lack of memory. */
  oomKills(): number
  usage(): GroupUsage
  pids(): number[]
  /** SIGKILL to every process, and no new ones. */
  kill(): void
  /** Waits until no process is left and removes the group. */
  remove(): Promise<void>
}
