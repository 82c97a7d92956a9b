import type { Category, InstanceStatus, Phase, Visibility } from '@wave-store/contract'
import type { Generated, Kysely } from 'kysely'

/** One schema for every engine. Times are epoch milliseconds, booleans 0 or 1, `…Json` columns hold JSON text. */
export interface Database {
  person: PersonTable
  account: AccountTable
  signIn: SignInTable
  session: SessionTable
  instanceCode: InstanceCodeTable
  instanceTicket: InstanceTicketTable
  providerState: ProviderStateTable
  upstreamLogin: UpstreamLoginTable
  apiToken: ApiTokenTable
  tag: TagTable
  appTag: { appId: string; tagId: string }
  auditEvent: AuditEventTable
  setting: { name: string; value: string }
  lease: { name: string; holder: string; expiresAt: number }
  server: { id: string; seenAt: number }
  serverActivity: ServerActivityTable
  appName: AppNameTable
  app: AppTable
  appImage: AppImageTable
  catalogChange: CatalogChangeTable
  instance: InstanceTable
  launch: LaunchTable
  alias: AliasTable
  instanceSample: InstanceSampleTable
  secret: SecretTable
  secretValue: SecretValueTable
  instanceStart: { appId: string; at: number; durationMs: number }
}

export type Db = Kysely<Database>

interface PersonTable {
  id: string
  issuer: string
  subject: string
  name: string
  email: string
  rolesJson: string
  /** Until when the person's sessions and tokens count; null: no end. The past: somebody disabled them. */
  confirmedUntil: number | null
  /** Up to which audit event the person has seen what others did. */
  newsSeen: number
  createdAt: number
}

/** Somebody with a password of this store; usernames are lower-case. */
interface AccountTable {
  id: string
  username: string
  name: string
  email: string
  rolesJson: string
  passwordHash: string
  mustChangePassword: number
  isDisabled: number
  createdAt: number
}

/** A sign-in under way: what the answer of the identity provider must match. */
interface SignInTable {
  stateHash: string
  nonce: string
  codeVerifier: string
  returnTo: string
  expiresAt: number
}

interface SessionTable {
  /** Names the session to its person; proves nothing. */
  id: string
  tokenHash: string
  personId: string
  agent: string
  address: string
  lastUsedAt: number
  createdAt: number
  expiresAt: number
}

interface InstanceCodeTable {
  codeHash: string
  sessionHash: string
  instanceId: string
  nonceHash: string
  expiresAt: number
}

interface InstanceTicketTable {
  ticketHash: string
  sessionHash: string
  instanceId: string
  expiresAt: number
}

/** What a person's sign-in at the upstream issuer left, to ask it again with. */
interface UpstreamLoginTable {
  personId: string
  /** Sealed with a key that is not in the database. */
  refreshToken: string
  /** When to ask next. */
  dueAt: number
}

interface ApiTokenTable {
  id: string
  personId: string
  name: string
  tokenHash: string
  scopesJson: string
  createdAt: number
  expiresAt: number
  lastUsedAt: number | null
  lastUsedFrom: string | null
}

interface TagTable {
  id: string
  name: string
  /** What is the same for two names that differ only by case. */
  nameKey: string
  title: string
  color: string
  description: string
  adminRolesJson: string
  visitorRolesJson: string
  isCategory: number
  createdAt: number
  updatedAt: number
}

/** Rows are added, never changed or deleted. */
interface AuditEventTable {
  id: Generated<number>
  at: number
  actorId: string | null
  actorName: string
  via: string
  address: string
  action: string
  targetKind: string | null
  targetId: string | null
  targetName: string | null
  /** Whose thing it was, when it was another's than the actor's. */
  ownerId: string | null
  outcome: string
  detail: string
  /** Lower-case text that a search looks through. */
  searchText: string
}

/** What the identity provider remembers. */
interface ProviderStateTable {
  kind: string
  id: string
  payloadJson: string
  accountId: string | null
  clientId: string | null
  grantId: string | null
  userCode: string | null
  uid: string | null
  consumedAt: number | null
  expiresAt: number | null
}

/** A name belongs to who imported it first. */
interface AppNameTable {
  name: string
  ownerId: string
  /** The newest version that is not PRIVATE: what the Catalog shows for the name. */
  listedAppId: string | null
  /** How often any of its versions was launched. */
  launchCount: Generated<number>
}

/** An app about which the Catalog has something new to tell, or that is gone. Each app once, where it changed last. */
interface CatalogChangeTable {
  id: Generated<number>
  appId: string
}

interface AppTable {
  id: string
  name: string
  version: string
  /** The version without build metadata: two of equal rank cannot both exist. */
  rank: string
  title: string
  description: string
  category: Category
  lifecycle: 'ON_DEMAND' | 'MANAGED' | 'LINK'
  ownerId: string
  visibility: Visibility
  /** `Manifest` as the bundle's rules understood it. */
  manifestJson: string
  manifestText: string
  longDescription: string | null
  requirements: string | null
  osPackagesJson: string
  warningsJson: string
  bundleSha256: string
  bundleBytes: number
  /** See `EnvironmentSpec.inputsSha256` of the runtime port. */
  environmentInputs: string | null
  createdAt: number
  updatedAt: number
}

/** Position -1 is the icon; screenshots count from 0. */
interface AppImageTable {
  appId: string
  position: number
  sha256: string
  mediaType: string
}

interface InstanceTable {
  id: string
  appId: string
  ownerId: string
  visibility: Visibility
  wanted: 'running' | 'suspended' | 'gone'
  generation: number
  status: InstanceStatus
  phase: Phase
  phaseSince: number
  failureJson: string | null
  /** What its log said last when it failed. */
  failureLog: string | null
  addressJson: string | null
  createdAt: number
  startedAt: number
  /** Grows with every start that somebody asks for: who has the smallest is started first. */
  turn: number
  /** Bytes; 0 until it was first put into the queue. */
  memoryReservation: number
  memoryLimit: number
  /** Null: it never goes to sleep by itself. */
  idleTimeoutMs: number | null
  keepAwakeUntil: number | null
  lastUsedAt: number | null
  /** Since when the app does not answer, though it did. */
  silentSince: number | null
  /** Crashes since somebody last asked for a start. */
  restarts: number
  nextStartAt: number | null
  /** Its place in the queue, for the other servers; null where there are none, or it does not wait. */
  queueJson: string | null
  suspendReason: 'owner' | 'idle' | null
  suspendedAt: number | null
}

/** Outlives its instance. */
interface LaunchTable {
  instanceId: string
  appId: string
  personId: string
  at: number
  /** How often a process of it failed or crashed. */
  failures: Generated<number>
}

/** Names are lower-case. One of an instance's is its primary one. */
interface AliasTable {
  name: string
  /** Null: it was given back, and is whoever's that comes first. */
  ownerId: string | null
  /** Null: its instance was terminated. */
  instanceId: string | null
  isPrimary: number
  /** Another one since each time that it leads to another instance; null: it never did. */
  moveMark: string | null
  createdAt: number
}

/** What was seen of an instance within one interval, which begins at `at`. */
interface InstanceSampleTable {
  instanceId: string
  at: number
  cpuMillis: number
  memoryBytes: number
  requests: number
  sockets: number
}

interface SecretTable {
  id: string
  name: string
  description: string
  /** Null: a shared one. */
  ownerId: string | null
  /** `SecretAudience` of a shared one. */
  audienceJson: string | null
  createdAt: number
  updatedAt: number
}

interface SecretValueTable {
  secretId: string
  key: string
  /** Sealed with a key that is not in the database; names that key. */
  sealed: string
  updatedAt: number
}

/** What one server has counted of an instance. */
interface ServerActivityTable {
  serverId: string
  instanceId: string
  requests: number
  signs: number
  answers: number
  sockets: number
}
