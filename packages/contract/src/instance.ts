import { z } from 'zod'
import { operation } from './operation.ts'
import { person } from './session.ts'
import { visibility } from './visibility.ts'

/**
 * PENDING: on its way. DEPLOYED: the app answered. FAILED: it ended or never came up, and `failure` says why.
 * SUSPENDED: it sleeps; a visit or `resume` wakes it.
 */
export const instanceStatuses = ['PENDING', 'DEPLOYED', 'FAILED', 'SUSPENDED'] as const
export const instanceStatus = z.enum(instanceStatuses)
export type InstanceStatus = z.infer<typeof instanceStatus>

export const phases = [
  'queued',
  'sourcing',
  'installing',
  'starting',
  'running',
  'exited',
  'stopping',
  /** It crashed, and is started again at `nextStartAt`. */
  'backing_off',
] as const
export const phase = z.enum(phases)
/** What the runtime sees, beside the status. */
export type Phase = z.infer<typeof phase>

export const failureCause = z.object({
  /** Closed list of the runtime port, such as `out_of_memory` or `module_not_found`. */
  reason: z.string(),
  /** In a sentence; the app's own words only for who may read its log. */
  message: z.string(),
  exitCode: z.number().int().nullable(),
  at: z.iso.datetime(),
})
export type FailureCause = z.infer<typeof failureCause>

export const failure = failureCause.extend({
  /** What its log said last; empty for who may not read logs. */
  lastLines: z.array(z.string()),
})
export type Failure = z.infer<typeof failure>

const timestamp = z.iso.datetime()

/** Why an instance waits, and how many of those that wait are before it. */
export const queuePlace = z.object({
  /** 1: the next one. */
  position: z.number().int(),
  /**
   * `starts`: as many as may are starting. `memory`: running instances hold what it reserves. `cluster`: it was asked for,
   * and the cluster has no place for it.
   */
  reason: z.enum(['starts', 'memory', 'cluster']),
  message: z.string(),
})
export type QueuePlace = z.infer<typeof queuePlace>

/** Why an instance sleeps. `owner` is whoever asked for it, an administrator included. */
export const suspension = z.object({ reason: z.enum(['owner', 'idle']), at: timestamp })
export type Suspension = z.infer<typeof suspension>

/** When an instance goes to sleep by itself. */
export const idleness = z.object({
  /** Without a request, or a WebSocket with traffic, for so long it is suspended. */
  timeoutMs: z.number().int(),
  /** When that is, if nothing happens; null while it does not run. */
  sleepsAt: timestamp.nullable(),
  /** Until then it is left alone; null: its owner asked for nothing. */
  keptAwakeUntil: timestamp.nullable(),
})
export type Idleness = z.infer<typeof idleness>

/** What an instance uses, as last seen. */
export const usage = z.object({
  /** Thousandths of a core. */
  cpuMillis: z.number(),
  memoryBytes: z.number(),
  /** Of the last hour at most, oldest first, at most 60 values. */
  cpuHistory: z.array(z.number()),
})
export type Usage = z.infer<typeof usage>

export const instance = z.object({
  id: z.uuid(),
  app: z.object({
    id: z.uuid(),
    name: z.string(),
    version: z.string(),
    title: z.string(),
    iconUrl: z.string().nullable(),
  }),
  /** The version of its app that the Catalog shows me, where that is a newer one than it runs; null: it is not. */
  newer: z.object({ appId: z.uuid(), version: z.string() }).nullable(),
  owner: person,
  visibility,
  status: instanceStatus,
  phase,
  phaseSince: z.iso.datetime(),
  failure: failure.nullable(),
  /** The instance's own address: that of its primary alias, where it has one. */
  url: z.url(),
  /** Every alias, the primary one first. */
  aliases: z.array(z.string()),
  createdAt: timestamp,
  /** When the current process was first wanted. */
  startedAt: timestamp,
  /** Last request, or traffic on a WebSocket; null: none yet. */
  lastUsedAt: timestamp.nullable(),
  /** Since when a DEPLOYED app does not answer; null: it does. */
  silentSince: timestamp.nullable(),
  /** What its app takes to start, by its latest starts; null: not known. */
  usualStartMs: z.number().int().nullable(),
  queue: queuePlace.nullable(),
  /** How often it crashed and was started again since somebody last asked for a start. */
  restarts: z.number().int(),
  /** In phase `backing_off`: when it is started again. */
  nextStartAt: timestamp.nullable(),
  suspension: suspension.nullable(),
  /** Null: it never goes to sleep by itself. */
  idle: idleness.nullable(),
  memory: z.object({ reservationBytes: z.number(), limitBytes: z.number() }),
  usage: usage.nullable(),
  /** Persistent volume, lost when the instance is terminated. */
  volume: z.object({ path: z.string(), sizeBytes: z.number() }).nullable(),
  /** Size of its own `/resources`, kept like the volume; null: it shares an environment. */
  resourceVolumeBytes: z.number().nullable(),
  can: z.object({
    open: z.boolean(),
    update: z.boolean(),
    terminate: z.boolean(),
    restart: z.boolean(),
    suspend: z.boolean(),
    resume: z.boolean(),
    readLogs: z.boolean(),
    readMetrics: z.boolean(),
  }),
})
export type Instance = z.infer<typeof instance>

const instanceParams = z.object({ instanceId: z.uuid() })

export const listInstances = operation({
  id: 'instance.list',
  summary: 'My instances, those of one app that I may see, or all that I may see',
  method: 'GET',
  path: '/api/instances',
  scope: 'read',
  query: z.object({
    appId: z.uuid().optional(),
    /** Without an app. `all`: every one that I may see; of administrators, everybody's. */
    scope: z.enum(['mine', 'all']).default('mine'),
  }),
  result: z.object({ items: z.array(instance) }),
  errors: [],
})

export const launchInstance = operation({
  id: 'instance.launch',
  summary: 'Launches an instance of an app and returns at once; its address tells how it comes along',
  method: 'POST',
  path: '/api/instances',
  scope: 'instances',
  body: z.strictObject({
    appId: z.uuid(),
    /** Default: PRIVATE; of a MANAGED app, which is for all, ALL_USERS. */ visibility: visibility.optional(),
  }),
  result: instance,
  status: 202,
  errors: ['not_found', 'forbidden', 'conflict', 'cannot_launch', 'quota_exceeded', 'rate_limited'],
})

export const getInstance = operation({
  id: 'instance.get',
  summary: 'One instance',
  method: 'GET',
  path: '/api/instances/:instanceId',
  scope: 'read',
  params: instanceParams,
  result: instance,
  errors: ['not_found'],
})

export const updateInstance = operation({
  id: 'instance.update',
  summary: 'Changes who may open the instance, within a second also for open connections; or keeps it awake',
  method: 'PATCH',
  path: '/api/instances/:instanceId',
  scope: 'instances',
  params: instanceParams,
  body: z.strictObject({
    visibility: visibility.optional(),
    /** Until then it is not suspended for being idle; null: as its app says. At most 30 days from now. */
    keepAwakeUntil: timestamp.nullable().optional(),
  }),
  result: instance,
  errors: ['not_found', 'forbidden'],
})

export const suspendInstance = operation({
  id: 'instance.suspend',
  summary: 'Puts the instance to sleep: its address, volume and own resources stay, everything else is lost',
  method: 'POST',
  path: '/api/instances/:instanceId/suspend',
  scope: 'instances',
  params: instanceParams,
  result: instance,
  status: 202,
  errors: ['not_found', 'forbidden', 'conflict'],
})

export const resumeInstance = operation({
  id: 'instance.resume',
  summary: 'Wakes a suspended instance; one that runs is left alone',
  method: 'POST',
  path: '/api/instances/:instanceId/resume',
  scope: 'instances',
  params: instanceParams,
  result: instance,
  status: 202,
  errors: ['not_found', 'forbidden', 'conflict', 'cannot_launch'],
})

export const restartInstance = operation({
  id: 'instance.restart',
  summary: 'Starts the app afresh, after a failure too; its volume stays',
  method: 'POST',
  path: '/api/instances/:instanceId/restart',
  scope: 'instances',
  params: instanceParams,
  result: instance,
  status: 202,
  errors: ['not_found', 'forbidden', 'cannot_launch'],
})

export const terminateInstance = operation({
  id: 'instance.terminate',
  summary: 'Ends the instance for good, with its volume and logs',
  method: 'DELETE',
  path: '/api/instances/:instanceId',
  scope: 'instances',
  params: instanceParams,
  errors: ['not_found', 'forbidden'],
})

/**
 * Names the process whose log an answer of `readLogs` is, the same for it as the current and as the previous one: who was
 * cut off goes on by `offset` where it is unchanged. Absent where there is no log.
 */
export const logProcessHeader = 'Log-Process'

export const readLogs = operation({
  id: 'instance.logs',
  summary: 'What the instance wrote, oldest first; followed live on request',
  method: 'GET',
  path: '/api/instances/:instanceId/logs',
  scope: 'read',
  params: instanceParams,
  query: z.object({
    process: z.enum(['current', 'previous']).default('current'),
    /** Whose lines: the app's, its Wave server's, or all. */
    source: z.enum(['all', 'app', 'wave']).default('all'),
    follow: z.stringbool().default(false),
    /** Bytes to pass over from the beginning; negative: where to begin, counted back from the end. */
    offset: z.coerce.number().int().default(0),
  }),
  result: { bytes: ['text/plain'] },
  errors: ['not_found', 'forbidden'],
})
