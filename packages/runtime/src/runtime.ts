/**
 * What a runtime promises: it keeps processes of apps alive in isolation and tells the truth about them.
 *
 * Every method is idempotent and safe to repeat after a crash of the caller. Instances outlive the caller: a new
 * `Runtime` object over the same engine sees what an earlier one started.
 */
export interface Runtime {
  /** What this engine can do on this machine; constant while the object lives. */
  capabilities(): Promise<Capabilities>

  /**
   * Asks for the instance to run. Returns as soon as the request is taken; progress is seen through `inspect`.
   * A repeated call with the same `id` and `generation` changes nothing; a larger generation ends the earlier
   * process and starts afresh (volumes stay).
   *
   * @throws {RuntimeError} `unsupported` when the spec asks for what this engine cannot give; nothing is started.
   */
  start(spec: InstanceSpec): Promise<void>

  /** Everything the engine holds, ended instances included until they are stopped with `data: 'delete'`. */
  inspect(): Promise<ObservedInstance[]>

  /**
   * Ends the instance: SIGTERM, `graceMs`, SIGKILL. With `data: 'delete'` its volumes, logs and every trace go as
   * well and `inspect` no longer lists it; with `data: 'keep'` volumes and logs stay. An unknown id is no error.
   */
  stop(id: string, options: StopOptions): Promise<void>

  /**
   * The output of the instance's processes as it was written, in order. With `follow` the iteration ends when the
   * process has ended and all was read, or when `signal` aborts. An unknown id yields nothing.
   */
  logs(id: string, options?: LogOptions): AsyncIterable<Uint8Array>

  /** What each instance that has processes uses at this moment; one that has none is not listed. */
  stats(): Promise<InstanceStats[]>

  /** The Python environments that are kept here; null where the engine keeps none of its own. */
  readonly environments: EnvironmentCache | null

  /**
   * From now on `listener` is called soon after what `inspect` tells has changed, for as long as the object lives. A hint
   * only: it may come for nothing, once for many changes, or not at all. Absent where the engine cannot tell.
   */
  onChange?(listener: () => void): void

  /** Lets go of connections; running instances are left alone. */
  [Symbol.asyncDispose](): Promise<void>
}

export interface Capabilities {
  /** Name of the driver: `process`, `docker`, `kubernetes`, `memory`. */
  driver: string
  /** `full`: own user and own network. `shared`: one user and the host's network. `none`: cannot run other people's apps. */
  isolation: 'full' | 'shared' | 'none'
  /** One sentence for operators about what is missing and how to get it; empty when nothing is. */
  advice: string
  /** What limits are enforced by the engine. */
  limits: {
    memory: boolean
    pids: boolean
    cpu: boolean
    /** `quota`: writing beyond a volume's size fails. `measured`: the app is ended when its volume has grown too large. */
    disk: 'quota' | 'measured'
  }
  /** Whether apps with `AppMode = "container"` can run. */
  images: boolean
  gpus: boolean
  /** Versions of Python that apps can have, such as `3.11`. */
  pythons: string[]
}

export interface InstanceSpec {
  /** Lower-case UUID. */
  id: string
  /** Positive integer; each wanted restart has a larger one. */
  generation: number
  app: { id: string; name: string; version: string }
  /** The bundle as it was imported: a zip file readable by the engine's privileged part. */
  bundle: { path: string; sha256: string }
  entry: EntryPoint
  /**
   * What the app's environment must hold, besides what the runtime itself decides: `HOME`, `PATH`, `LANG`,
   * `H2O_WAVE_ADDRESS`, `H2O_WAVE_LISTEN`, `H2O_WAVE_APP_ADDRESS`, `H2O_WAVE_BASE_URL` and the Wave access key.
   */
  env: Record<string, string>
  /** The app speaks to the store itself: what answers at the store's own address reaches it inside, too. */
  reachesStore?: boolean
  /** Files to lay into the sandbox; relative paths are relative to the app's code. Content is the exact text, or its base64. */
  files: { path: string; content: string; encoding?: 'utf8' | 'base64' }[]
  /** Values that no message of the engine may hold: what an app's last words quote of them is blanked. Never written to a disk. */
  redact?: string[]
  /** The Python environment that the bundle's requirements ask for. */
  environment: EnvironmentSpec
  /** Persistent volume at an absolute path inside the sandbox. */
  volume?: { path: string; sizeBytes: number }
  limits: {
    memoryBytes: number
    /** What an engine that places instances counts on for it; default all of `memoryBytes`. */
    memoryReservationBytes?: number
    pids: number
    cpuMillis?: number
  }
  /** `/`, or `/instance/<id>/` for apps that are routed by base URL. */
  basePath: string
  /** How long the app may take from its process's start to its first answer, in milliseconds. */
  startTimeoutMs: number
}

export type EntryPoint =
  | { mode: 'wave'; module: string }
  /** The app listens on `port` by itself. */
  | { mode: 'python'; module: string; port: number; args: string[] }

export interface EnvironmentSpec {
  /** SHA-256 over every input in the bundle that shapes the environment; null when it cannot be known, then nothing is shared. Empty string: no requirements at all. */
  inputsSha256: string | null
  /** With ResourceVolumeSize: `/resources` is the instance's own, writable, and kept across restarts. */
  ownVolumeBytes?: number
  /** Names of Debian packages that the app needs (`packages.txt`). */
  osPackages: string[]
  /** A pip constraints file's text that holds for the build, instead of the engine's own. */
  constraints?: string
}

export interface ObservedInstance {
  id: string
  generation: number
  phase: Phase
  /** Epoch milliseconds since when the phase holds. */
  phaseSince: number
  /** Why it does not get on at the moment, in one sentence, where the engine itself keeps it waiting. */
  waiting?: string
  /** Which of the engine's environments it runs in; absent where it has none, or one of its own. */
  environmentKey?: string
  /** Where the app's HTTP server is reached; present from phase `starting` on. */
  address?: { host: string; port: number }
  /** Why the latest process ended; present in phase `exited`. */
  exit?: Exit
}

/** `running` is the launcher's claim that the app answered; whether it is reachable is for the caller to try. */
export type Phase = 'queued' | 'sourcing' | 'installing' | 'starting' | 'running' | 'exited'

export interface Exit {
  reason: ExitReason
  /** One sentence for the person who launched it, naming the module, package or limit at fault. */
  message: string
  /** Exit code of the app's process; null when it was ended by a signal or never began. */
  code: number | null
  /** Epoch milliseconds. */
  at: number
}

export const exitReasons = [
  'source_failed',
  'os_package_missing',
  'dependency_failed',
  'index_unavailable',
  'module_not_found',
  'import_error',
  'wave_server_failed',
  'never_listened',
  'exited',
  'out_of_memory',
  'killed',
  'disk_full',
  'stopped',
  'lost',
  'internal',
] as const

/** `stopped`: on request. `lost`: the engine or the machine went away beneath it. */
export type ExitReason = (typeof exitReasons)[number]

export interface StopOptions {
  data: 'keep' | 'delete'
  graceMs: number
}

export interface InstanceStats {
  id: string
  generation: number
  /** CPU time of all processes since this generation began, in milliseconds. */
  cpuMs: number
  memoryBytes: number
  processes: number
  /** Bytes in use on the volume; absent where there is none. */
  volumeBytes?: number
}

/** Environments that instances share, built by the engine and kept within a budget. At most the methods below. */
export interface EnvironmentCache {
  list(): Promise<BuiltEnvironment[]>
  /** What is installed in it, by name; empty for a key that is not there. */
  packages(key: string): Promise<{ name: string; version: string }[]>
  /**
   * Takes it off the shelf: the next start that needs it builds it anew. Instances that run in it keep it until they
   * end. An unknown key is no error.
   */
  discard(key: string): Promise<void>
}

export interface BuiltEnvironment {
  key: string
  python: string
  sizeBytes: number
  /** Epoch milliseconds. */
  builtAt: number
  lastUsedAt: number
  /** How many instances run in it now. */
  inUse: number
}

export interface LogOptions {
  /** Which process's output; default the current one. */
  process?: 'current' | 'previous'
  /**
   * Whose lines: the app's, those of its Wave server without the prefix (`wavePrefix`) that marks them in the log, or all
   * as they were written; default all. What the engine itself says of the log (`# runtime: `) is among all of them.
   */
  source?: 'all' | 'app' | 'wave'
  /**
   * Bytes of the log as it was written to pass over, whatever `source` takes of it and whatever of it has been dropped
   * since; negative: where to begin, counted back from the end of the moment. A line that says what was dropped stands
   * in its place, and is counted by no offset.
   */
  offset?: number
  follow?: boolean
  signal?: AbortSignal
  /**
   * Told once, before the first bytes, what the process is whose log it is: the same as long as it is the same process's,
   * as the current one and as the previous one. Not told where there is no log.
   */
  onOpen?: (process: string) => void
}

/** Begins each line of a Wave server in the log of its instance. */
export const wavePrefix = '[wave] '

export class RuntimeError extends Error {
  readonly code: 'unsupported' | 'unavailable'
  constructor(code: 'unsupported' | 'unavailable', message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RuntimeError'
    this.code = code
  }
}
