import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { problemOf, urlOf } from '@wave-store/client'
import { type Instance, operations, type Visibility } from '@wave-store/contract'
import { appKeys } from './app-queries.ts'
import { client } from './client.ts'

export const instanceKeys = {
  all: ['instances'] as const,
  lists: ['instances', 'list'] as const,
  details: (instanceId: string) => ['instances', 'details', instanceId] as const,
  logTail: (instanceId: string, startedAt: string) => ['instances', 'log-tail', instanceId, startedAt] as const,
}

/** Every second while one is on its way, else every five. */
function pollingMs(instances: Instance[] | undefined): number {
  return instances?.some((instance) => instance.status === 'PENDING') ? 1_000 : 5_000
}

/** My instances, or with an app's id those of that app that I may see. */
export function instancesQuery(appId?: string) {
  return queryOptions({
    queryKey: [...instanceKeys.lists, appId ?? 'mine'] as const,
    queryFn: async ({ signal }) => (await client.listInstances({ query: { appId } }, { signal })).items,
    refetchInterval: (query) => pollingMs(query.state.data),
  })
}

export function instanceQuery(instanceId: string) {
  return queryOptions({
    queryKey: instanceKeys.details(instanceId),
    queryFn: ({ signal }) => client.getInstance({ params: { instanceId } }, { signal }),
    refetchInterval: (query) => (query.state.data ? pollingMs([query.state.data]) : false),
  })
}

/** The last lines of the process that began at `startedAt`. */
export function logTailQuery(instance: Pick<Instance, 'id' | 'startedAt'>, lineCount: number) {
  return queryOptions({
    queryKey: instanceKeys.logTail(instance.id, instance.startedAt),
    queryFn: async ({ signal }) => {
      const response = await fetch(urlOf(operations.readLogs, { params: { instanceId: instance.id } }), { signal })
      const text = await response.text()
      if (!response.ok) throw problemOf(response.status, text)
      return text.trimEnd().split('\n').slice(-lineCount)
    },
  })
}

function useInvalidateInstances(): () => void {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: instanceKeys.all })
    void queryClient.invalidateQueries({ queryKey: appKeys.all })
  }
}

export function useLaunchInstance() {
  const invalidate = useInvalidateInstances()
  return useMutation({
    mutationFn: (input: { appId: string }) => client.launchInstance({ body: input }),
    onSettled: invalidate,
  })
}

export function useUpdateInstance(instanceId: string) {
  const invalidate = useInvalidateInstances()
  return useMutation({
    mutationFn: (visibility: Visibility) => client.updateInstance({ params: { instanceId }, body: { visibility } }),
    onSuccess: invalidate,
  })
}

export function useRestartInstance(instanceId: string) {
  const queryClient = useQueryClient()
  const invalidate = useInvalidateInstances()
  return useMutation({
    mutationFn: () => client.restartInstance({ params: { instanceId } }),
    onSuccess: (instance) => {
      queryClient.setQueryData(instanceKeys.details(instanceId), instance)
      invalidate()
    },
  })
}

export function useTerminateInstance(instanceId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => client.terminateInstance({ params: { instanceId } }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: instanceKeys.lists })
      void queryClient.invalidateQueries({ queryKey: appKeys.all })
    },
  })
}
