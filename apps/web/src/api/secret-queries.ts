import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { createSecret, OperationInput, updateSecret } from '@wave-store/contract'
import { appKeys } from './app-queries.ts'
import { client } from './client.ts'

export type NewSecret = OperationInput<typeof createSecret>['body']
export type SecretChanges = OperationInput<typeof updateSecret>['body']

export const secretKeys = {
  all: ['secrets'] as const,
  people: (search: string) => ['people', search] as const,
}

/** My own and the shared ones that my apps may use; or everybody's, for administrators. */
export function secretsQuery(scope: 'usable' | 'all') {
  return queryOptions({
    queryKey: [...secretKeys.all, scope] as const,
    queryFn: ({ signal }) => client.listSecrets({ query: { scope } }, { signal }),
  })
}

/** People by name or e-mail address; for administrators. */
export function peopleQuery(search: string) {
  return queryOptions({
    queryKey: secretKeys.people(search),
    queryFn: async ({ signal }) => (await client.listPeople({ query: { search, limit: 20 } }, { signal })).items,
  })
}

/** Whether an app can be launched hangs on secrets, and which apps use one stands on it. */
function useInvalidateSecrets(): () => void {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: secretKeys.all })
    void queryClient.invalidateQueries({ queryKey: appKeys.all })
  }
}

export function useCreateSecret() {
  const invalidate = useInvalidateSecrets()
  return useMutation({
    mutationFn: (secret: NewSecret) => client.createSecret({ body: secret }),
    onSuccess: invalidate,
    // What was sent holds values: nothing of it is kept once the form is closed.
    gcTime: 0,
  })
}

export function useUpdateSecret(secretId: string) {
  const invalidate = useInvalidateSecrets()
  return useMutation({
    mutationFn: (changes: SecretChanges) => client.updateSecret({ params: { secretId }, body: changes }),
    onSuccess: invalidate,
    gcTime: 0,
  })
}

export function useDeleteSecret(secretId: string) {
  const invalidate = useInvalidateSecrets()
  return useMutation({ mutationFn: () => client.deleteSecret({ params: { secretId } }), onSuccess: invalidate })
}
