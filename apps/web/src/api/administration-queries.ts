import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { OperationInput, updateSettings } from '@wave-store/contract'
import { appKeys } from './app-queries.ts'
import { client } from './client.ts'
import { nextOffset } from './pages.ts'
import { sessionKeys } from './session-queries.ts'

export type SettingChanges = OperationInput<typeof updateSettings>['body']

const settingsKey = ['settings'] as const
const pageSize = 60

export const settingsQuery = queryOptions({
  queryKey: settingsKey,
  queryFn: ({ signal }) => client.getSettings(undefined, { signal }),
})

/** What everybody is told, and what visibilities are offered, stands in the session. */
export function useUpdateSettings() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (changes: SettingChanges) => client.updateSettings({ body: changes }),
    onSuccess: (answer) => {
      queryClient.setQueryData(settingsKey, answer)
      void queryClient.invalidateQueries({ queryKey: sessionKeys.all })
      void queryClient.invalidateQueries({ queryKey: appKeys.all })
    },
  })
}

/** How the parts of the store are, while the page is open every half minute. */
export const healthQuery = queryOptions({
  queryKey: ['health'] as const,
  queryFn: ({ signal }) => client.getHealth(undefined, { signal }),
  refetchInterval: 30_000,
})

/** Changes with what becomes of apps and instances. */
export function cleanUpQuery(days: number) {
  return queryOptions({
    queryKey: [...appKeys.all, 'clean-up', days] as const,
    queryFn: ({ signal }) => client.getCleanUp({ query: { days } }, { signal }),
  })
}

export function peoplePagesQuery(search: string) {
  return infiniteQueryOptions({
    queryKey: ['people', search] as const,
    queryFn: ({ pageParam, signal }) =>
      client.listPeople({ query: { search, limit: pageSize, offset: pageParam } }, { signal }),
    initialPageParam: 0,
    getNextPageParam: nextOffset,
  })
}
