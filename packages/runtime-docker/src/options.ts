import type { IndexSettings } from '@wave-store/runtime/driver'

/** What the Docker driver is told; paths are absolute. */
export interface DockerRuntimeOptions {
  /** Tells this store's things on the engine from those of others: 1 to 20 of `a-z`, `0-9` and `-`. Servers of one store share it. */
  name: string
  /** `unix:///path` or `tcp://host:port`; default: `DOCKER_HOST`, else `/var/run/docker.sock`. */
  host?: string
  image: ImageSource
  /** `direct`: by the container's own address. `published`: by a port of the engine's loopback. Default `direct`. */
  addresses?: 'direct' | 'published'
  /** A pip constraints file that holds for every environment. */
  constraintsPath?: string
  index?: IndexSettings
  /** The store's public port, which instances may reach on the engine's machine as any outsider; default none. */
  publicPort?: number
  /** A Unix socket of the engine's machine at which the store answers; `port` of the apps' own loopback leads there. */
  storeDoor?: { socket: string; port: number }
  /** Environments built at one time; default 2. */
  maxConcurrentBuilds?: number
  /** Shared environments that no instance uses go, the longest unused first, above this size; default 20 GiB. */
  environmentsMaxBytes?: number
  /** What one build of an environment may use; default 2 GiB and 512 processes. */
  buildLimits?: { memoryBytes: number; pids: number }
  /** How long one build of an environment may take; default 20 minutes. */
  buildTimeoutMs?: number
  /** What an instance may write outside of its volume; beyond it ends; default 10 GiB. */
  scratchMaxBytes?: number
  /** What is kept of one process's output, at least; default 16 MiB. */
  logMaxBytes?: number
  /** How often volumes are measured; default a minute. */
  measureIntervalMs?: number
}

/** Where the image comes from that apps run in. */
export type ImageSource =
  /** One that is there, or that the engine can fetch. */
  | { tag: string }
  /** Built from `base`, which has Python, and these files; anew whenever one of them changes. */
  | {
      base: string
      /** Directory with `Dockerfile` and `enter`. */
      recipePath: string
      launcherPath: string
      uvPath?: string
      /** Directory with a `waved` binary and its `www`. */
      wavedPath?: string
    }
