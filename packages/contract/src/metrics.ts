import { z } from 'zod'
import { operation } from './operation.ts'

/** What was seen in one interval. */
export const metricPoint = z.object({
  /** Its beginning. */
  at: z.iso.datetime(),
  /** Thousandths of a core, on average. */
  cpuMillis: z.number(),
  /** The most that was seen. */
  memoryBytes: z.number(),
  requests: z.number().int(),
  /** The most WebSockets that were open at one time. */
  sockets: z.number().int(),
})
export type MetricPoint = z.infer<typeof metricPoint>

/** Longest time that metrics are kept. */
export const metricHours = 24

const span = z.object({ hours: z.coerce.number().int().min(1).max(metricHours).default(3) })

export const getInstanceMetrics = operation({
  id: 'instance.metrics',
  summary: 'What an instance used and served over the last hours; intervals in which it did not run are absent',
  method: 'GET',
  path: '/api/instances/:instanceId/metrics',
  scope: 'read',
  params: z.object({ instanceId: z.uuid() }),
  query: span,
  result: z.object({
    intervalMs: z.number().int(),
    /** Oldest first. */
    points: z.array(metricPoint),
    memoryLimitBytes: z.number(),
    /** Null: as many cores as the machine has. */
    cpuLimitMillis: z.number().nullable(),
    /** Bytes in use on its volume; null: not known, or no volume. */
    volumeBytes: z.number().nullable(),
  }),
  errors: ['not_found', 'forbidden'],
})

export const getPlatformMetrics = operation({
  id: 'platform.metrics',
  summary: 'What all instances use and hold together, over the last hours; for administrators',
  method: 'GET',
  path: '/api/admin/metrics',
  scope: 'admin',
  query: span,
  result: z.object({
    intervalMs: z.number().int(),
    points: z.array(metricPoint),
    instances: z.object({
      deployed: z.number().int(),
      pending: z.number().int(),
      queued: z.number().int(),
      suspended: z.number().int(),
      failed: z.number().int(),
    }),
    memory: z.object({
      /** What instances may reserve together, the overcommit factor included. */
      capacityBytes: z.number(),
      reservedBytes: z.number(),
      usedBytes: z.number(),
    }),
    disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
    cores: z.number().int(),
  }),
  errors: ['forbidden'],
})
