/** Everything an operator can set, typed; made by `readConfig`. Sizes in bytes, times in milliseconds. */
export interface Config {
  listen: { host: string; port: number }
  /** The store's own origin, as browsers see it. */
  publicUrl: URL
  /** Instances live at `<id>.<appsHost>`; with a port where it is not the scheme's own. */
  appsHost: string
  dataDir: string
  logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug'
  accounts: { development: boolean }
  bundles: { maxBytes: number; maxUnpackedBytes: number; maxEntries: number; strictVersions: boolean }
  instances: {
    perUser: number
    memoryBytes: number
    pids: number
    cpuMillis: number | null
    startTimeoutMs: number
    stopGraceMs: number
  }
  runtime: {
    /** The operator's word that apps may run without a sandbox where none can be had. */
    allowUnsandboxed: boolean
    python: string
    /** Null: a free private range is looked for. */
    addressRange: string | null
    /** The Python package index and the way to it; null: what the machine's own settings say. */
    index: { url: string | null; extraUrls: string[]; proxy: string | null; caFile: string | null; offline: boolean }
    constraintsFile: string | null
  }
  /** How often one person may do what costs the store much. */
  limits: { importsPerHour: number; launchesPerMinute: number }
  samples: boolean
}

export class ConfigError extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}
