import { useQuery } from '@tanstack/react-query'
import { allInstancesQuery, instanceQuery, instancesQuery } from './instance-queries.ts'
import { useStoreEvents } from './use-store-events.ts'

/** What an instance uses is measured, and told by no event. */
const measuredEveryMs = 60_000
/** While no events come. */
const unheardMs = 15_000

/** My instances, or those of an app, kept up to date. Of these, and of `useInstance`, a page uses one. */
export function useInstances(appId?: string) {
  const isLive = useStoreEvents({ appId })
  return useQuery({ ...instancesQuery(appId), refetchInterval: isLive ? measuredEveryMs : unheardMs })
}

/** Everybody's instances, read again and again: there may be many, and each changes for somebody else. */
export function useAllInstances() {
  return useQuery({ ...allInstancesQuery, refetchInterval: unheardMs })
}

/** One instance, kept up to date. */
export function useInstance(instanceId: string) {
  const { isSuccess } = useQuery(instanceQuery(instanceId))
  const isLive = useStoreEvents({ instanceId }, isSuccess)
  return useQuery({
    ...instanceQuery(instanceId),
    refetchInterval: ({ state }) => state.data !== undefined && (isLive ? measuredEveryMs : unheardMs),
  })
}
