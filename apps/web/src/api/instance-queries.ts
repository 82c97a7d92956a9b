import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Instance, OperationInput, operations } from '@wave-store/contract'
import { appKeys } from './app-queries.ts'
import { client } from './client.ts'

export const instanceKeys = {
  all: ['instances'] as const,
  lists: ['instances', 'list'] as const,
  /** My own, or those of an app. */
  list: (appId?: string) => ['instances', 'list', appId ?? 'mine'] as const,
  everybodys: ['instances', 'list', 'all'] as const,
  details: (instanceId: string) => ['instances', 'details', instanceId] as const,
}

/** Everybody's; for administrators. */
export const allInstancesQuery = queryOptions({
  queryKey: instanceKeys.everybodys,
  queryFn: async ({ signal }) => (await client.listInstances({ query: { scope: 'all' } }, { signal })).items,
})

/** My instances, or with an app's id those of that app that I may see. */
export function instancesQuery(appId?: string) {
  return queryOptions({
    queryKey: instanceKeys.list(appId),
    queryFn: async ({ signal }) => (await client.listInstances({ query: { appId } }, { signal })).items,
  })
}

export function instanceQuery(instanceId: string) {
  return queryOptions({
    queryKey: instanceKeys.details(instanceId),
    queryFn: ({ signal }) => client.getInstance({ params: { instanceId } }, { signal }),
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
    mutationFn: (body: OperationInput<typeof operations.launchInstance>['body']) => client.launchInstance({ body }),
    onSettled: invalidate,
  })
}

/** A change whose answer is the instance as it is then. */
function useInstanceChange<Input = void>(instanceId: string, change: (input: Input) => Promise<Instance>) {
  const queryClient = useQueryClient()
  const invalidate = useInvalidateInstances()
  return useMutation({
    mutationFn: change,
    onSuccess: (instance) => {
      queryClient.setQueryData(instanceKeys.details(instanceId), instance)
      invalidate()
    },
  })
}

type InstanceUpdate = OperationInput<typeof operations.updateInstance>['body']

export function useUpdateInstance(instanceId: string) {
  return useInstanceChange(instanceId, (body: InstanceUpdate) =>
    client.updateInstance({ params: { instanceId }, body }),
  )
}

export function useSuspendInstance(instanceId: string) {
  return useInstanceChange(instanceId, () => client.suspendInstance({ params: { instanceId } }))
}

export function useResumeInstance(instanceId: string) {
  return useInstanceChange(instanceId, () => client.resumeInstance({ params: { instanceId } }))
}

export function useRestartInstance(instanceId: string) {
  return useInstanceChange(instanceId, () => client.restartInstance({ params: { instanceId } }))
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
