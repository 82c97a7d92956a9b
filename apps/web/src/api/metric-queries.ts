import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** A point is added every minute. */
const measuredEveryMs = 60_000

export const metricKeys = {
  instance: (instanceId: string, hours: number) => ['metrics', 'instance', instanceId, hours] as const,
}

export function instanceMetricsQuery(instanceId: string, hours: number) {
  return queryOptions({
    queryKey: metricKeys.instance(instanceId, hours),
    queryFn: ({ signal }) => client.getInstanceMetrics({ params: { instanceId }, query: { hours } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: measuredEveryMs,
  })
}
