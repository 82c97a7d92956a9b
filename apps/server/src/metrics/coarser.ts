import type { MetricPoint } from '@wave-store/contract'
import { intervalMs } from './metrics.ts'
import type { Sample } from './repository.ts'

/** As many points as a small chart can show. */
const mostPoints = 360

/** Length of an interval that shows so many hours in a chart, in milliseconds. */
export function intervalFor(hours: number): number {
  const minutes = hours * 60
  return Math.ceil(minutes / mostPoints) * intervalMs
}

/**
 * Samples as points of longer intervals: CPU is the mean, requests the sum, memory and sockets the most.
 * Samples of several instances add up within each minute first.
 */
export function coarser(samples: Sample[], lengthMs: number): MetricPoint[] {
  const intervals = Map.groupBy(byMinute(samples), ({ at }) => at - (at % lengthMs))
  return [...intervals].map(([at, minutes]) => ({
    at: new Date(at).toISOString(),
    cpuMillis: Math.round((sum(minutes, 'cpuMillis') / minutes.length) * 10) / 10,
    memoryBytes: most(minutes, 'memoryBytes'),
    requests: sum(minutes, 'requests'),
    sockets: most(minutes, 'sockets'),
  }))
}

type Minute = Omit<Sample, 'instanceId'>

function byMinute(samples: Sample[]): Minute[] {
  return [...Map.groupBy(samples, ({ at }) => at)].map(([at, alike]) => ({
    at,
    cpuMillis: sum(alike, 'cpuMillis'),
    memoryBytes: sum(alike, 'memoryBytes'),
    requests: sum(alike, 'requests'),
    sockets: sum(alike, 'sockets'),
  }))
}

function sum(samples: Minute[], field: keyof Minute): number {
  return samples.reduce((total, sample) => total + sample[field], 0)
}

function most(samples: Minute[], field: keyof Minute): number {
  return samples.reduce((largest, sample) => Math.max(largest, sample[field]), 0)
}
