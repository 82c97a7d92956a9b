import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { defaultLimits } from '@wave-store/instance-spec'
import { isPostgres } from '../db/open-database.ts'
import { addressProblems, withoutOwnPort } from './check-addresses.ts'
import { type Config, ConfigError } from './config.ts'
import { readIdentity } from './read-identity.ts'
import { readTls } from './read-tls.ts'
import { type Environment, Settings } from './settings.ts'

const roles = ['api', 'gateway', 'controller'] as const
const mebi = 2 ** 20
const gibi = 2 ** 30
const minute = 60_000

/**
 * Typed configuration from an environment.
 *
 * @throws {ConfigError} with everything that is wrong, at once.
 */
export function readConfig(environment: Environment, workingDirectory: string): Config {
  const read = new Settings(environment)
  const listen = {
    host: read.address('WAVE_STORE_HOST', '127.0.0.1'),
    port: read.integer('WAVE_STORE_PORT', 8080, { min: 0, max: 65_535 }),
  }
  const publicUrl = read.origin('WAVE_STORE_PUBLIC_URL', `http://localhost:${listen.port}`)
  const dataDir = resolve(workingDirectory, read.text('WAVE_STORE_DATA_DIR') ?? 'data')
  const proxyHops = read.integer('WAVE_STORE_TRUSTED_PROXY_HOPS', 0, { min: 0, max: 10 })
  const config: Config = {
    listen,
    metricsPort: read.integer('WAVE_STORE_METRICS_PORT', 0, { min: 0, max: 65_535 }) || null,
    roles: read.someOf('WAVE_STORE_ROLES', roles),
    publicUrl,
    appsHost: readAppsHost(read, publicUrl),
    dataDir,
    toolsDir: resolve(workingDirectory, read.text('WAVE_STORE_TOOLS_DIR') ?? join(dataDir, 'tools')),
    databaseUrl: readDatabaseUrl(read),
    s3: readS3(read),
    logLevel: read.oneOf('WAVE_STORE_LOG_LEVEL', ['silent', 'fatal', 'error', 'warn', 'info', 'debug'], 'info'),
    identity: readIdentity(read, { isAlone: isLoopback(listen.host) && publicUrl.hostname === 'localhost', proxyHops }),
    sessions: {
      idleMs: read.integer('WAVE_STORE_SESSION_IDLE_MINUTES', 24 * 60, { min: 1, max: 525_600 }) * minute,
      lifetimeMs: read.integer('WAVE_STORE_SESSION_HOURS', 7 * 24, { min: 1, max: 8_760 }) * 60 * minute,
    },
    publicMode: read.flag('WAVE_STORE_PUBLIC_MODE', false),
    proxyHops,
    tls: readTls(read),
    bundles: readBundles(read),
    instances: readInstances(read),
    secrets: readSecrets(read),
    runtime: readRuntime(read, publicUrl),
    limits: {
      importsPerHour: read.integer('WAVE_STORE_IMPORTS_PER_HOUR', 120, { min: 1, max: 1_000_000 }),
      launchesPerMinute: read.integer('WAVE_STORE_LAUNCHES_PER_MINUTE', 60, { min: 1, max: 1_000_000 }),
    },
    samples: read.flag('WAVE_STORE_SAMPLES', true),
  }
  if (config.roles.size < roles.length && config.databaseUrl === null)
    read.problems.push(
      'WAVE_STORE_ROLES parts the work of several servers, which share a PostgreSQL database: set WAVE_STORE_DATABASE_URL too',
    )
  if (!read.isRefused('WAVE_STORE_PUBLIC_URL')) read.problems.push(...addressProblems(config))
  read.refuseUnknown('WAVE_STORE_')
  if (read.problems.length > 0) throw new ConfigError(read.problems)
  return config
}

function readS3(read: Settings): Config['s3'] {
  const bucket = read.text('WAVE_STORE_S3_BUCKET')
  const settings = {
    endpoint: read.url('WAVE_STORE_S3_ENDPOINT'),
    region: read.text('WAVE_STORE_S3_REGION') ?? 'us-east-1',
    prefix: read.text('WAVE_STORE_S3_PREFIX') ?? '',
    signsDownloads: read.flag('WAVE_STORE_S3_SIGNED_DOWNLOADS', false),
    cacheMaxBytes: read.bytes('WAVE_STORE_S3_CACHE_MAX_BYTES', 20 * gibi),
  }
  return bucket === null ? null : { bucket, ...settings }
}

function readDatabaseUrl(read: Settings): string | null {
  const url = read.text('WAVE_STORE_DATABASE_URL')
  if (url !== null && !isPostgres(url))
    read.problems.push(
      'WAVE_STORE_DATABASE_URL is no address of a PostgreSQL database. Write postgres://user:password@host/database, or leave it out for the embedded one.',
    )
  return url
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** On localhost instances live below the store's own name; anywhere else that would be no domain of their own. */
function readAppsHost(read: Settings, publicUrl: URL): string {
  const fallback = publicUrl.hostname === 'localhost' ? publicUrl.host : ''
  return withoutOwnPort(read.text('WAVE_STORE_APPS_HOST') ?? fallback, publicUrl)
}

function readBundles(read: Settings): Config['bundles'] {
  return {
    maxBytes: read.bytes('WAVE_STORE_BUNDLE_MAX_BYTES', 2 * gibi),
    maxUnpackedBytes: read.bytes('WAVE_STORE_BUNDLE_MAX_UNPACKED_BYTES', 8 * gibi),
    maxEntries: read.integer('WAVE_STORE_BUNDLE_MAX_ENTRIES', 50_000, { min: 1, max: 1_000_000 }),
    strictVersions: read.flag('WAVE_STORE_STRICT_VERSIONS', false),
  }
}

function readInstances(read: Settings): Config['instances'] {
  const second = 1000
  return {
    perUser: read.integer('WAVE_STORE_INSTANCES_PER_USER', 10, { min: 1, max: 10_000 }),
    perVisitor: read.integer('WAVE_STORE_INSTANCES_PER_VISITOR', 5, { min: 0, max: 10_000 }),
    aliasesPerUser: read.integer('WAVE_STORE_ALIASES_PER_USER', 20, { min: 0, max: 10_000 }),
    memoryBytes: read.bytes('WAVE_STORE_INSTANCE_MEMORY', defaultLimits.memoryBytes),
    pids: read.integer('WAVE_STORE_INSTANCE_PIDS', defaultLimits.pids, { min: 16, max: 100_000 }),
    cpuMillis: read.integer('WAVE_STORE_INSTANCE_CPU_MILLIS', 0, { min: 0, max: 1_000_000 }) || null,
    startTimeoutMs:
      read.integer('WAVE_STORE_START_TIMEOUT_SECONDS', defaultLimits.startTimeoutMs / second, { min: 1, max: 3600 }) *
      second,
    stopGraceMs: read.integer('WAVE_STORE_STOP_GRACE_SECONDS', 8, { min: 0, max: 600 }) * second,
    memoryReservationBytes: read.bytes('WAVE_STORE_INSTANCE_MEMORY_RESERVATION', 128 * mebi),
    memoryCapacityBytes: read.bytes('WAVE_STORE_MEMORY_CAPACITY', 0) || null,
    memoryOvercommit: read.integer('WAVE_STORE_MEMORY_OVERCOMMIT_PERCENT', 100, { min: 1, max: 10_000 }) / 100,
    maxStarts: read.integer('WAVE_STORE_MAX_STARTS', Math.max(2, availableParallelism()), { min: 1, max: 1000 }),
    idleTimeoutMs: read.integer('WAVE_STORE_IDLE_MINUTES', 8 * 60, { min: 0, max: 525_600 }) * minute || null,
    probeIntervalMs: read.integer('WAVE_STORE_PROBE_SECONDS', 30, { min: 1, max: 3600 }) * second,
    maxRestarts: read.integer('WAVE_STORE_MAX_RESTARTS', 5, { min: 0, max: 1000 }),
    restartDelayMs: read.integer('WAVE_STORE_RESTART_DELAY_SECONDS', 1, { min: 0, max: 300 }) * second,
    scratchBytes: read.bytes('WAVE_STORE_INSTANCE_SCRATCH', 10 * gibi),
    logMaxBytes: read.bytes('WAVE_STORE_LOG_MAX_BYTES', 16 * mebi),
  }
}

function readSecrets(read: Settings): Config['secrets'] {
  return {
    key: read.keys('WAVE_STORE_SECRETS_KEY', 1)[0] ?? null,
    previousKeys: read.keys('WAVE_STORE_SECRETS_PREVIOUS_KEYS', 100),
    perUser: read.integer('WAVE_STORE_SECRETS_PER_USER', 100, { min: 0, max: 100_000 }),
  }
}

function readKubernetes(read: Settings, isChosen: boolean, publicUrl: URL): Config['runtime']['kubernetes'] {
  const image = read.text('WAVE_STORE_KUBERNETES_IMAGE') ?? ''
  if (isChosen && image === '')
    read.problems.push(
      'WAVE_STORE_KUBERNETES_IMAGE is needed with WAVE_STORE_RUNTIME=kubernetes: the image that apps run in, as deploy/app-image/build makes it',
    )
  return {
    name: read.text('WAVE_STORE_KUBERNETES_NAME') ?? 'store',
    namespace: read.text('WAVE_STORE_KUBERNETES_NAMESPACE') ?? 'wave-apps',
    configFile: read.text('WAVE_STORE_KUBERNETES_CONFIG'),
    image,
    pullSecret: read.text('WAVE_STORE_KUBERNETES_PULL_SECRET'),
    storageClass: read.text('WAVE_STORE_KUBERNETES_STORAGE_CLASS'),
    addresses: read.oneOf('WAVE_STORE_KUBERNETES_ADDRESSES', ['service', 'pod'], 'service'),
    storeUrl: new URL(read.url('WAVE_STORE_KUBERNETES_STORE_URL') ?? publicUrl),
  }
}

function readRuntime(read: Settings, publicUrl: URL): Config['runtime'] {
  const driver = read.oneOf('WAVE_STORE_RUNTIME', ['process', 'docker', 'kubernetes'], 'process')
  return {
    driver,
    kubernetes: readKubernetes(read, driver === 'kubernetes', publicUrl),
    docker: {
      name: read.text('WAVE_STORE_DOCKER_NAME'),
      host: read.text('WAVE_STORE_DOCKER_HOST'),
      image: read.text('WAVE_STORE_DOCKER_IMAGE'),
      baseImage: read.text('WAVE_STORE_DOCKER_BASE_IMAGE') ?? 'python:3.11-slim-bookworm',
      addresses: read.oneOf('WAVE_STORE_DOCKER_ADDRESSES', ['direct', 'published'], 'direct'),
    },
    allowUnsandboxed: read.flag('WAVE_STORE_ALLOW_UNSANDBOXED', false),
    python: read.text('WAVE_STORE_PYTHON') ?? '/usr/bin/python3',
    addressRange: read.text('WAVE_STORE_ADDRESS_RANGE'),
    index: {
      url: read.url('WAVE_STORE_INDEX_URL'),
      extraUrls: read.urls('WAVE_STORE_EXTRA_INDEX_URLS'),
      proxy: read.url('WAVE_STORE_INDEX_PROXY'),
      caFile: read.text('WAVE_STORE_CA_FILE'),
      offline: read.flag('WAVE_STORE_INDEX_OFFLINE', false),
    },
    constraintsFile: read.text('WAVE_STORE_CONSTRAINTS_FILE'),
    environmentsMaxBytes: read.bytes('WAVE_STORE_ENVIRONMENTS_MAX_BYTES', 20 * gibi),
  }
}
