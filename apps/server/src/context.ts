import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Capabilities, Runtime } from '@wave-store/runtime'
import type { BlobStore } from '@wave-store/storage'
import type Provider from 'oidc-provider'
import pino, { type Logger } from 'pino'
import { AccountRepository } from './accounts/repository.ts'
import type { ActivityCounter } from './activity/activity-counter.ts'
import { AliasRepository } from './aliases/repository.ts'
import { BundlePasses } from './apps/bundle-passes.ts'
import { AppRepository } from './apps/repository.ts'
import { AuditRepository } from './audit/repository.ts'
import { AccountDirectory } from './auth/accounts.ts'
import { ApiTokenRepository } from './auth/api-token-repository.ts'
import { personOf } from './auth/browser-session.ts'
import { GrantRepository } from './auth/grant-repository.ts'
import { IdentitySigner } from './auth/identity-signer.ts'
import { InstanceClients } from './auth/instance-clients.ts'
import { createProvider } from './auth/provider.ts'
import { keepProviderKeys, loadProviderKeys, type ProviderKeys } from './auth/provider-keys.ts'
import { RelyingParty } from './auth/relying-party.ts'
import { SessionRepository } from './auth/session-repository.ts'
import { SignInLimits } from './auth/sign-in-limits.ts'
import { TicketRepository } from './auth/ticket-repository.ts'
import { openUpstream, type Upstream } from './auth/upstream.ts'
import { Catalog } from './catalog/catalog.ts'
import { type Clock, type SteadyClock, systemClock } from './clock.ts'
import type { Config } from './config/config.ts'
import type { Db } from './db/database.ts'
import type { Lock } from './db/database-lock.ts'
import { openDatabase } from './db/open-database.ts'
import { Constraints } from './environments/constraints.ts'
import { EventStreams } from './events/event-streams.ts'
import { InstanceChanges } from './instances/instance-changes.ts'
import { InstanceRepository } from './instances/repository.ts'
import { SightingRepository } from './instances/sighting-repository.ts'
import { type Limits, openLimits } from './limits.ts'
import { Metrics } from './metrics/metrics.ts'
import { MetricsRepository } from './metrics/repository.ts'
import { Monitor } from './monitoring/monitor.ts'
import { openBlobs } from './open-blobs.ts'
import { openRuntime } from './open-runtime.ts'
import { PeopleRepository } from './people/repository.ts'
import { IdleWatch } from './reconciler/idle-watch.ts'
import { Reconciler } from './reconciler/reconciler.ts'
import type { KeyRing } from './secrets/key-ring.ts'
import { openKeyRing } from './secrets/open-key-ring.ts'
import { SecretRepository } from './secrets/repository.ts'
import { openServers, type Servers } from './servers/servers.ts'
import { shareKeys } from './servers/shared-keys.ts'
import { LiveSettings } from './settings/live-settings.ts'
import { SettingRepository } from './settings/repository.ts'
import { LaunchRepository } from './statistics/launch-repository.ts'
import { TagRepository } from './tags/repository.ts'

/** Everything that use cases work with, wired once. */
export interface AppContext extends AsyncDisposable {
  config: Config
  logger: Logger
  clock: SteadyClock
  db: Db
  blobs: BlobStore
  /** Directory for uploads on their way in. */
  staging: string
  runtime: Runtime
  capabilities: Capabilities
  apps: AppRepository
  /** Bytes that nobody can guess, the same for the same purpose at every server of the store. */
  derive: (purpose: string) => Buffer
  /** What this server does, for operators. */
  monitor: Monitor
  /** For the runtime's own way to bundles. */
  bundlePasses: BundlePasses
  /** What is in the store, to be listed and searched. */
  catalog: Catalog
  /** Changes of which app uses which blob, one at a time. */
  catalogChanges: Lock
  /** The others of its store. */
  servers: Servers
  tags: TagRepository
  /** What instances are called. */
  aliases: AliasRepository
  instances: InstanceRepository
  /** For every Python environment that is built. */
  constraints: Constraints
  /** What of the configuration administrators change. */
  settings: LiveSettings
  launches: LaunchRepository
  /** Pages that are told of their changes. */
  events: EventStreams
  /** What the reconciler writes of them. */
  sightings: SightingRepository
  /** Tells who looks at instances that one of them changed. */
  instanceChanges: InstanceChanges
  secrets: SecretRepository
  audit: AuditRepository
  people: PeopleRepository
  sessions: SessionRepository
  tickets: TicketRepository
  apiTokens: ApiTokenRepository
  grants: GrantRepository
  /** Tells apps who asks. */
  identity: IdentitySigner
  instanceClients: InstanceClients
  accounts: AccountRepository
  directory: AccountDirectory
  provider: Provider
  relyingParty: RelyingParty
  /** Null: people have accounts of this store. */
  upstream: Upstream | null
  signInLimits: SignInLimits
  /** How often one person, and one address, may do what costs the store much. */
  limits: Limits
  /** What people do with instances, as the gateway sees it. */
  activity: ActivityCounter
  /** What instances use. */
  metrics: Metrics
  samples: MetricsRepository
  /** Since when nobody uses them. */
  idle: IdleWatch
  reconciler: Reconciler
  /** Where the store listens on this machine, once it does. */
  localOrigin: string
}

/** Parts that stand in for the real ones. */
export type Ports = Partial<Pick<AppContext, 'logger' | 'runtime'>> & { clock?: Clock & Partial<SteadyClock> }

export async function createContext(configured: Config, ports: Ports = {}): Promise<AppContext> {
  await using unwind = new AsyncDisposableStack()
  // A copy, of which administrators change some.
  const config = { ...configured, instances: { ...configured.instances }, secrets: { ...configured.secrets } }
  const clock = { ...systemClock, ...ports.clock }
  const logger = ports.logger ?? pino({ level: config.logLevel })
  const databaseAddress = config.databaseUrl ?? join(config.dataDir, 'store.db')
  const db = unwind.adopt(await openDatabase(databaseAddress), (db) => db.destroy())
  const kept = new SettingRepository(db)
  const settings = await LiveSettings.open(kept, config)
  const blobs = await openBlobs(config)
  const keyRing = await openKeyRing(config)
  const keys = await openProviderKeys(config, kept, keyRing)
  const bundlePasses = new BundlePasses(keys.instanceClientKey)
  const runtime = unwind.use(ports.runtime ?? (await openRuntime(config, bundlePasses)))
  const accounts = new AccountRepository(db, clock)
  const capabilities = await runtime.capabilities()
  const { isolation } = capabilities
  const appsReachLoopback = isolation === 'shared' || (isolation === 'none' && config.runtime.allowUnsandboxed)
  const directory = new AccountDirectory(accounts, config.identity, appsReachLoopback)
  const { publicUrl } = config
  const { roles } = config.identity
  const people = new PeopleRepository(db, clock, roles)
  const sessions = new SessionRepository(db, clock, { sessions: config.sessions, roles })
  const apps = new AppRepository(db, config)
  const changes = new InstanceChanges()
  const instances = new InstanceRepository(db, changes, config)
  const sightings = new SightingRepository(db, changes)
  const constraints = await Constraints.open(kept, clock, config)
  const servers = unwind.use(
    openServers({
      db,
      databaseAddress,
      changes,
      clock,
      logger,
      wake: () => context.reconciler.wake(),
      refresh: async () => {
        await settings.reload()
        await constraints.reload()
      },
    }),
  )
  const { activity, catalogChanges, lease } = servers
  const monitor = new Monitor({
    overview: () => instances.overview(),
    isController: () => lease.isHeld,
    publicHost: config.publicUrl.host,
  })
  const idle = new IdleWatch({ activity, clock, sightings })
  const secrets = new SecretRepository(db, clock, keyRing)
  const identity = new IdentitySigner({ key: keys.identityKey, issuer: publicUrl.origin, clock })
  const grants = new GrantRepository(db, clock)
  const audit = new AuditRepository(db, clock)
  const aliases = new AliasRepository(db, clock)
  const instanceClients = new InstanceClients(keys.instanceClientKey, config, { aliases, instances })
  const upstream = await openUpstream({ audit, clock, config, db, grants, keys, lease, logger, people, sessions })
  unwind.use(upstream?.rechecks)
  const samples = new MetricsRepository(db)
  const context: AppContext = {
    config,
    logger,
    clock,
    db,
    blobs,
    derive: (purpose) => createHmac('sha256', keys.instanceClientKey).update(purpose).digest(),
    monitor,
    bundlePasses,
    staging: blobs.stagingDirectory,
    runtime,
    capabilities,
    apps,
    catalog: unwind.use(new Catalog(databaseAddress)),
    catalogChanges,
    servers,
    tags: new TagRepository(db, clock),
    aliases,
    instances,
    constraints,
    settings,
    launches: new LaunchRepository(db),
    instanceChanges: changes,
    sightings,
    events: new EventStreams({ instances, instanceChanges: changes, logger }),
    secrets,
    audit,
    people,
    sessions,
    tickets: new TicketRepository(db, clock, sessions),
    apiTokens: new ApiTokenRepository(db, clock, roles),
    grants,
    identity,
    instanceClients,
    accounts,
    directory,
    provider: createProvider({
      db,
      clock,
      keys,
      publicUrl,
      people,
      sessions,
      grants,
      instanceClients,
      personOf: (request) => personOf(context, request),
      confirm: async (personId) => upstream?.rechecks.confirm(personId),
    }),
    upstream,
    signInLimits: new SignInLimits(),
    activity,
    metrics: unwind.use(new Metrics({ activity, clock, lease, logger, runtime, samples })),
    samples,
    idle,
    limits: openLimits(config.limits),
    relyingParty: new RelyingParty({
      db,
      clock,
      publicUrl,
      clientSecret: keys.storeClientSecret,
      localOrigin: () => context.localOrigin,
    }),
    reconciler: unwind.use(
      new Reconciler({
        activity,
        apps,
        blobs,
        changes,
        clock,
        config,
        constraints,
        identity,
        idle,
        instanceClients,
        instances,
        lease,
        logger,
        monitor,
        runtime,
        sightings,
        secrets,
      }),
    ),
    localOrigin: '',
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
  const opened = unwind.move()
  return context
}

/** Of this server alone, or those that it shares with others, of which it keeps a copy. */
async function openProviderKeys(config: Config, kept: SettingRepository, ring: KeyRing): Promise<ProviderKeys> {
  const path = join(config.dataDir, 'keys.json')
  const isNew = !existsSync(path)
  const own = await loadProviderKeys(path)
  if (config.databaseUrl === null) return own
  const keys = await shareKeys(kept, ring, { own, isNew })
  if (!isDeepStrictEqual(keys, own)) await keepProviderKeys(path, keys)
  return keys
}
