import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Instance } from '@wave-store/contract'
import { client } from './client.ts'

export const environmentKeys = {
  all: ['environments'] as const,
  details: (key: string) => ['environments', key] as const,
  ofInstance: (instanceId: string, startedAt: string) => ['instance-environment', instanceId, startedAt] as const,
  constraints: ['constraints'] as const,
}

/** Every Python environment that is kept; administrators only. */
export const environmentsQuery = queryOptions({
  queryKey: environmentKeys.all,
  queryFn: ({ signal }) => client.listEnvironments(undefined, { signal }),
})

/** One of them with what is installed in it. */
export function environmentQuery(key: string) {
  return queryOptions({
    queryKey: environmentKeys.details(key),
    queryFn: ({ signal }) => client.getEnvironment({ params: { key } }, { signal }),
  })
}

/** What is installed for an instance; another start may be in another environment. */
export function instanceEnvironmentQuery({ id, startedAt, phase }: Pick<Instance, 'id' | 'startedAt' | 'phase'>) {
  return queryOptions({
    queryKey: [...environmentKeys.ofInstance(id, startedAt), phase] as const,
    queryFn: async ({ signal }) =>
      (await client.getInstanceEnvironment({ params: { instanceId: id } }, { signal })).environment,
  })
}

export function useRebuildEnvironment() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (key: string) => client.rebuildEnvironment({ params: { key } }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: environmentKeys.all }),
  })
}

/** The pip constraints for every environment. */
export const constraintsQuery = queryOptions({
  queryKey: environmentKeys.constraints,
  queryFn: ({ signal }) => client.getConstraints(undefined, { signal }),
})

export function useUpdateConstraints() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (text: string | null) => client.updateConstraints({ body: { text } }),
    onSuccess: (constraints) => queryClient.setQueryData(environmentKeys.constraints, constraints),
  })
}
