import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { createAccount, OperationInput, updateAccount } from '@wave-store/contract'
import { client } from './client.ts'

type NewAccount = OperationInput<typeof createAccount>['body']
type AccountChanges = OperationInput<typeof updateAccount>['body']

export const accountKeys = { all: ['accounts'] as const }

/** Everybody with a password of this store; administrators only. */
export const accountsQuery = queryOptions({
  queryKey: accountKeys.all,
  queryFn: async ({ signal }) => (await client.listAccounts(undefined, { signal })).items,
})

function useInvalidateAccounts(): () => void {
  const queryClient = useQueryClient()
  return () => void queryClient.invalidateQueries({ queryKey: accountKeys.all })
}

export function useCreateAccount() {
  const invalidate = useInvalidateAccounts()
  return useMutation({
    mutationFn: (account: NewAccount) => client.createAccount({ body: account }),
    onSuccess: invalidate,
  })
}

export function useUpdateAccount(accountId: string) {
  const invalidate = useInvalidateAccounts()
  return useMutation({
    mutationFn: (changes: AccountChanges) => client.updateAccount({ params: { accountId }, body: changes }),
    onSuccess: invalidate,
  })
}

export function useResetPassword(accountId: string) {
  const invalidate = useInvalidateAccounts()
  return useMutation({
    mutationFn: () => client.resetPassword({ params: { accountId } }),
    onSuccess: invalidate,
  })
}
