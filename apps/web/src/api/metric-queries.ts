import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** A point is added every minute. */
const measuredEveryMs = 60_000

export const metricKeys = {
  instance: (instanceId: string, hours: number) => ['metrics', 'instance', instanceId, hours] as const,
  platform: (hours: number) => ['metrics', 'platform', hours] as const,
}

export function instanceMetricsQuery(instanceId: string, hours: number) {
  return queryOptions({
    queryKey: metricKeys.instance(instanceId, hours),
    queryFn: ({ signal }) => client.getInstanceMetrics({ params: { instanceId }, query: { hours } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: measuredEveryMs,
  })
}

/** Of all instances together; administrators only. */
export function platformMetricsQuery(hours: number) {
  return queryOptions({
    queryKey: metricKeys.platform(hours),
    queryFn: ({ signal }) => client.getPlatformMetrics({ query: { hours } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: measuredEveryMs,
  })
}
