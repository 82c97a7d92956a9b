import { z } from 'zod'
import { operation } from './operation.ts'
import { person } from './session.ts'
import { visibility } from './visibility.ts'

/** PENDING: on its way. DEPLOYED: the app answers. FAILED: it ended or never came up, and `failure` says why. */
export const instanceStatuses = ['PENDING', 'DEPLOYED', 'FAILED'] as const
export const instanceStatus = z.enum(instanceStatuses)
export type InstanceStatus = z.infer<typeof instanceStatus>

export const phases = ['queued', 'sourcing', 'installing', 'starting', 'running', 'exited', 'stopping'] as const
export const phase = z.enum(phases)
/** What the runtime sees, beside the status. */
export type Phase = z.infer<typeof phase>

export const failure = z.object({
  /** Closed list of the runtime port, such as `out_of_memory` or `module_not_found`. */
  reason: z.string(),
  message: z.string(),
  exitCode: z.number().int().nullable(),
  at: z.iso.datetime(),
})
export type Failure = z.infer<typeof failure>

export const instance = z.object({
  id: z.uuid(),
  app: z.object({
    id: z.uuid(),
    name: z.string(),
    version: z.string(),
    title: z.string(),
    iconUrl: z.string().nullable(),
  }),
  owner: person,
  visibility,
  status: instanceStatus,
  phase,
  phaseSince: z.iso.datetime(),
  failure: failure.nullable(),
  /** The instance's own address. */
  url: z.url(),
  createdAt: z.iso.datetime(),
  /** When the current process was first wanted. */
  startedAt: z.iso.datetime(),
  /** Persistent volume, lost when the instance is terminated. */
  volume: z.object({ path: z.string(), sizeBytes: z.number() }).nullable(),
  can: z.object({
    open: z.boolean(),
    update: z.boolean(),
    terminate: z.boolean(),
    restart: z.boolean(),
    readLogs: z.boolean(),
  }),
})
export type Instance = z.infer<typeof instance>

const instanceParams = z.object({ instanceId: z.uuid() })

export const listInstances = operation({
  id: 'instance.list',
  summary: 'My instances, or those of one app that I may see',
  method: 'GET',
  path: '/api/instances',
  scope: 'read',
  query: z.object({ appId: z.uuid().optional() }),
  result: z.object({ items: z.array(instance) }),
  errors: [],
})

export const launchInstance = operation({
  id: 'instance.launch',
  summary: 'Launches an instance of an app and returns at once; its address tells how it comes along',
  method: 'POST',
  path: '/api/instances',
  scope: 'instances',
  body: z.strictObject({ appId: z.uuid(), visibility: visibility.default('PRIVATE') }),
  result: instance,
  status: 202,
  errors: ['not_found', 'forbidden', 'cannot_launch', 'quota_exceeded', 'rate_limited'],
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
  summary: 'Changes who may open the instance, within a second also for open connections',
  method: 'PATCH',
  path: '/api/instances/:instanceId',
  scope: 'instances',
  params: instanceParams,
  body: z.strictObject({ visibility }),
  result: instance,
  errors: ['not_found', 'forbidden'],
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

export const readLogs = operation({
  id: 'instance.logs',
  summary: 'What the instance wrote, oldest first; followed live on request',
  method: 'GET',
  path: '/api/instances/:instanceId/logs',
  scope: 'read',
  params: instanceParams,
  query: z.object({
    process: z.enum(['current', 'previous']).default('current'),
    follow: z.stringbool().default(false),
    /** Bytes to pass over from the beginning; negative: where to begin, counted back from the end. */
    offset: z.coerce.number().int().default(0),
  }),
  result: { bytes: ['text/plain'] },
  errors: ['not_found', 'forbidden'],
})
