import { QueryCache, QueryClient } from '@tanstack/react-query'
import { StoreError } from '@wave-store/client'
import { sessionKeys } from './session-queries.ts'

/** An answer of the store will not change by asking again at once; a missing one may. */
function worthRetrying(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof StoreError && (error.code === 'unreachable' || error.code === 'unavailable')
}

/** Whether the session has to be asked again: it ended, or the store is away and the session's query watches for its return. */
function concernsSession(error: Error): boolean {
  return error instanceof StoreError && (error.code === 'unauthenticated' || error.code === 'unreachable')
}

export function createQueryClient(): QueryClient {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== sessionKeys.all[0] && concernsSession(error))
          void queryClient.invalidateQueries({ queryKey: sessionKeys.all })
      },
    }),
    defaultOptions: {
      queries: { retry: worthRetrying, networkMode: 'always', staleTime: 2_000 },
      mutations: { networkMode: 'always' },
    },
  })
  return queryClient
}
