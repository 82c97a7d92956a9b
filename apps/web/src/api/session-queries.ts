import { queryOptions, useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { Session } from '@wave-store/contract'
import { client } from './client.ts'

export const sessionKeys = { all: ['session'] as const }

/** Asked every minute, so that an ended session or a new notice shows; every two seconds while the store is away. */
export const sessionQuery = queryOptions({
  queryKey: sessionKeys.all,
  queryFn: ({ signal }) => client.getSession(undefined, { signal }),
  retry: false,
  staleTime: 30_000,
  refetchInterval: (query) => (query.state.status === 'error' ? 2_000 : 60_000),
})

/** The session inside pages, which are only shown once it is there. */
export function useSession(): Session {
  return useSuspenseQuery({ ...sessionQuery, refetchInterval: false }).data
}

/** True from the first request that got no answer until one does. */
export function useStoreIsAway(): boolean {
  return useQuery(sessionQuery).status === 'error'
}

export function useSignOut() {
  return useMutation({ mutationFn: () => client.signOut() })
}
