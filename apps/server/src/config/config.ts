import type { S3Settings } from '@wave-store/storage/s3'
import type { RoleRules } from '../actor.ts'

/** Who vouches for people. */
export type IdentitySource =
  /** Accounts with a password of this store, and development accounts that need none. */
  | {
      kind: 'local'
      development: boolean
      /** The operator asked for development accounts, also where apps could use them. */
      isDevelopmentStated: boolean
    }
  /** Another OpenID Connect issuer; our provider still issues what the command line, the API and apps use. */
  | {
      kind: 'upstream'
      issuer: URL
      clientId: string
      /** Null: a public client. */
      clientSecret: string | null
      scopes: string
      /** Dotted path of the claim that holds a person's roles. */
      roleClaim: string
      /** How often the issuer is asked whether a person is still good. */
      recheckMs: number
    }

/** Where a certificate with its chain, and its key, are kept in PEM form. */
export interface KeyPair {
  certFile: string
  keyFile: string
}

export interface TlsFiles extends KeyPair {
  /** A certificate for instances alone; null: the one certificate names them as well. */
  apps: KeyPair | null
}

/**
 * What one server of a store does: `api` serves the page, the API and sign-in, `gateway` the addresses of instances, and
 * `controller` may be the one that starts and ends them.
 */
export type Role = 'api' | 'gateway' | 'controller'

/** Everything an operator can set, typed; made by `readConfig`. Sizes in bytes, times in milliseconds. */
export interface Config {
  listen: { host: string; port: number }
  roles: ReadonlySet<Role>
  /** Where Prometheus finds what this server does; null: nowhere. */
  metricsPort: number | null
  /** The store's own origin, as browsers see it. */
  publicUrl: URL
  /** Instances live at `<id>.<appsHost>`; with a port where it is not the scheme's own. */
  appsHost: string
  dataDir: string
  /** Where the installer and a Wave server for apps are. */
  toolsDir: string
  /** Address of a PostgreSQL database; null: the embedded one, in the data directory. */
  databaseUrl: string | null
  /** The bucket that keeps bundles; null: files in the data directory. */
  s3: S3Settings | null
  logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug'
  identity: { source: IdentitySource; roles: RoleRules }
  sessions: {
    /** Without a request for so long, a session ends. */
    idleMs: number
    /** However much it is used, a session ends after this. */
    lifetimeMs: number
  }
  /** Whether apps and instances may be PUBLIC. */
  publicMode: boolean
  /** How many proxies of the operator's stand in front: so many entries of X-Forwarded-For are believed, from the right. */
  proxyHops: number
  /** Where the store itself speaks TLS; null: plain HTTP, or a proxy in front does. */
  tls: TlsFiles | null
  bundles: { maxBytes: number; maxUnpackedBytes: number; maxEntries: number; strictVersions: boolean }
  instances: {
    perUser: number
    /** For people without full access. */
    perVisitor: number
    /** Names that one person may have for instances. */
    aliasesPerUser: number
    memoryBytes: number
    pids: number
    cpuMillis: number | null
    startTimeoutMs: number
    stopGraceMs: number
    /** What an instance counts for where the manifest reserves nothing. */
    memoryReservationBytes: number
    /** What all instances may reserve together; null: the machine's memory less a part for the rest. */
    memoryCapacityBytes: number | null
    /** How many times the capacity may be promised. */
    memoryOvercommit: number
    /** How many may be on their way at one time; the others wait their turn. */
    maxStarts: number
    /** Without activity for so long an instance is suspended, where the manifest says nothing; null: never. */
    idleTimeoutMs: number | null
    /** How often a running app without traffic is asked whether it still answers. */
    probeIntervalMs: number
    /** A crash after this many others in a row is final. */
    maxRestarts: number
    /** First wait after a crash; it doubles with each further one, up to five minutes. */
    restartDelayMs: number
    /** What an instance may write outside of its volumes. */
    scratchBytes: number
    /** What is kept of one process's output. */
    logMaxBytes: number
  }
  secrets: {
    /** 32 bytes that seal what is kept; null: made at the first run, in a file of the data directory. */
    key: Buffer | null
    /** Keys that sealed what is kept before; read, and sealed anew with `key`. */
    previousKeys: Buffer[]
    perUser: number
  }
  runtime: {
    /** What holds instances: sandboxed processes of this machine, containers of a Docker engine, or pods of a cluster. */
    driver: 'process' | 'docker' | 'kubernetes'
    /** Of the driver `docker` alone. */
    docker: {
      /** Tells this store's things on the engine from another's; null: one of the data directory. */
      name: string | null
      /** Null: as Docker's own programs find it. */
      host: string | null
      /** A ready image of apps; null: it is built from `baseImage`. */
      image: string | null
      baseImage: string
      addresses: 'direct' | 'published'
    }
    /** Of the driver `kubernetes` alone. */
    kubernetes: {
      /** Tells this store's objects from another's in the namespace. */
      name: string
      namespace: string
      /** Path of a kubeconfig; null: the pod's own service account, else what kubectl would take. */
      configFile: string | null
      /** What apps run in; empty where the driver is another one. */
      image: string
      pullSecret: string | null
      /** Null: the cluster's own. */
      storageClass: string | null
      addresses: 'service' | 'pod'
      /** Where pods reach the store. */
      storeUrl: URL
    }
    /** The operator's word that apps may run without a sandbox where none can be had. */
    allowUnsandboxed: boolean
    python: string
    /** Null: a free private range is looked for. */
    addressRange: string | null
    /** The Python package index and the way to it; null: what the machine's own settings say. */
    index: { url: string | null; extraUrls: string[]; proxy: string | null; caFile: string | null; offline: boolean }
    constraintsFile: string | null
    /** Python environments beyond it go when no instance uses them. */
    environmentsMaxBytes: number
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
