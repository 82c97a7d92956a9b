import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { createToken, OperationInput } from '@wave-store/contract'
import { client } from './client.ts'

export type NewToken = OperationInput<typeof createToken>['body']

export const accessKeys = {
  discovery: ['access', 'discovery'] as const,
  tokens: ['access', 'tokens'] as const,
  sessions: ['access', 'sessions'] as const,
}

/** What a program needs to know to sign in; the same for everybody as long as the store runs. */
export const discoveryQuery = queryOptions({
  queryKey: accessKeys.discovery,
  queryFn: ({ signal }) => client.discover(undefined, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const tokensQuery = queryOptions({
  queryKey: accessKeys.tokens,
  queryFn: async ({ signal }) => (await client.listTokens(undefined, { signal })).items,
})

/** Where I am signed in. */
export const ownSessionsQuery = queryOptions({
  queryKey: accessKeys.sessions,
  queryFn: async ({ signal }) => (await client.listSessions(undefined, { signal })).items,
})

export function useCreateToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (token: NewToken) => client.createToken({ body: token }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: accessKeys.tokens }),
    // The secret is in the answer: nobody keeps it longer than it is shown.
    gcTime: 0,
  })
}

export function useRevokeToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (tokenId: string) => client.revokeToken({ params: { tokenId } }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: accessKeys.tokens }),
  })
}

export function useEndSession() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (sessionId: string) => client.endSession({ params: { sessionId } }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: accessKeys.sessions }),
  })
}

export function useEndAllSessions() {
  return useMutation({ mutationFn: () => client.endAllSessions() })
}
