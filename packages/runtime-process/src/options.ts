import type { IndexSettings } from '@wave-store/runtime/driver'

/** What the process driver is told; paths are absolute. */
export interface ProcessRuntimeOptions {
  /** The store's data directory; the driver keeps to `<dataDir>/runtime` and makes it. */
  dataDir: string
  /** Directory of the launcher program, mounted at `/opt/wave/launcher`. */
  launcherPath: string
  /** The pinned `uv` binary; without it only apps that need no package start. */
  uvPath?: string
  /** Directory with a `waved` binary and its `www`, for `h2o-wave` packages that bring none. */
  wavedPath?: string
  /** An interpreter below `/usr`; default `/usr/bin/python3`. */
  python?: string
  /** A pip constraints file that holds for every environment. */
  constraintsPath?: string
  index?: IndexSettings
  /** User ids for instances and builds, none of them in use otherwise; default 200000 and 10000 more. */
  uidRange?: { first: number; count: number }
  /** IPv4 range that instances' own networks are cut from; default `10.213.0.0/16`. */
  addressRange?: string
  /** The store's public port, which instances may reach on the host as any outsider; default none. */
  publicPort?: number
  /**
   * A Unix socket that the store answers at, in a directory of its own below `<dataDir>/runtime`: for instances that
   * have to reach a store whose public address is one of loopback. `port` of their own loopback leads there.
   */
  storeDoor?: { socket: string; port: number }
  /** Networks and control groups made ahead for the next launches, where instances have their own; default 4. */
  readySites?: number
  /** Environments built at one time; default 2. */
  maxConcurrentStarts?: number
  /** Shared environments that no instance uses go, the longest unused first, above this size; default 20 GiB. */
  environmentsMaxBytes?: number
  /** What one build of an environment may use; default 2 GiB and 512 processes. */
  buildLimits?: { memoryBytes: number; pids: number }
  /** How long one build of an environment may take; default 20 minutes. */
  buildTimeoutMs?: number
  /** What an instance may hold outside of its volumes (`/tmp`, `/app`, its home); beyond it ends; default 10 GiB. */
  scratchMaxBytes?: number
  /** When less is left of the data directory's disk, the instance that fills it most ends; default 1 GiB, or 5 % of a small one. */
  diskReserveBytes?: number
  /** Of a log that grows longer than this, the latest half is kept; default 16 MiB. */
  logMaxBytes?: number
  /**
   * Instances belong to the driver that started them: they end, with their data, when it lets go, however it ends; and the
   * supervisor with the last driver. Default false: they outlive it.
   */
  endWithDriver?: boolean
  /** What Node runs as the supervisor, the data directory following; default: this package's own program. */
  supervisor?: string[]
  /** The operator's word that apps may run as plain processes where no sandbox works; default false. */
  allowUnsandboxed?: boolean
}
