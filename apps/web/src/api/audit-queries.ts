import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { listAuditEvents, OperationInput } from '@wave-store/contract'
import { client } from './client.ts'
import { sessionKeys } from './session-queries.ts'

export type AuditFilter = Omit<NonNullable<OperationInput<typeof listAuditEvents>['query']>, 'before' | 'limit'>

export const auditKeys = { all: ['audit'] as const }

/** Newest first; the next page holds what is older. */
export function auditQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.all, filter] as const,
    queryFn: ({ pageParam, signal }) =>
      client.listAuditEvents({ query: { ...filter, before: pageParam, limit: 50 } }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.hasMore ? last.items.at(-1)?.id : undefined),
  })
}

/** Takes the number off the bell. */
export function useMarkNewsRead() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (upTo: number) => client.markNewsRead({ body: { upTo } }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: sessionKeys.all }),
  })
}
