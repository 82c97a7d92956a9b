import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Alias, createAlias, Instance, OperationInput, updateAlias } from '@wave-store/contract'
import { appKeys } from './app-queries.ts'
import { client } from './client.ts'
import { instanceKeys } from './instance-queries.ts'

export const aliasKeys = {
  all: ['aliases'] as const,
  ofInstance: (instanceId: string) => ['aliases', 'instance', instanceId] as const,
  ofOwner: (scope: 'mine' | 'all') => ['aliases', scope] as const,
}

/** What one instance is called. */
export function instanceAliasesQuery(instanceId: string) {
  return queryOptions({
    queryKey: aliasKeys.ofInstance(instanceId),
    queryFn: async ({ signal }) => (await client.listAliases({ query: { instanceId } }, { signal })).items,
  })
}

/** Everybody's; administrators only. */
export const allAliasesQuery = queryOptions({
  queryKey: aliasKeys.ofOwner('all'),
  queryFn: async ({ signal }) => (await client.listAliases({ query: { scope: 'all' } }, { signal })).items,
})

/** The other names of an instance's owner, which may move to it. */
export function movableAliasesQuery({ id, owner }: Pick<Instance, 'id' | 'owner'>, userId: string | undefined) {
  const scope = owner.id === userId ? 'mine' : 'all'
  return queryOptions({
    queryKey: aliasKeys.ofOwner(scope),
    queryFn: async ({ signal }) => (await client.listAliases({ query: { scope } }, { signal })).items,
    select: (aliases: Alias[]) => aliases.filter((alias) => alias.owner.id === owner.id && alias.instance?.id !== id),
  })
}

/** A name is the address of its instance, wherever that stands. */
function useInvalidateAddresses(): () => void {
  const queryClient = useQueryClient()
  return () => {
    for (const queryKey of [aliasKeys.all, instanceKeys.all, appKeys.all])
      void queryClient.invalidateQueries({ queryKey })
  }
}

export function useCreateAlias() {
  const onSuccess = useInvalidateAddresses()
  return useMutation({
    mutationFn: (body: OperationInput<typeof createAlias>['body']) => client.createAlias({ body }),
    onSuccess,
  })
}

export function useUpdateAlias() {
  const onSuccess = useInvalidateAddresses()
  return useMutation({
    mutationFn: ({ name, ...body }: OperationInput<typeof updateAlias>['body'] & { name: string }) =>
      client.updateAlias({ params: { name }, body }),
    onSuccess,
  })
}

export function useDeleteAlias(name: string) {
  const onSuccess = useInvalidateAddresses()
  return useMutation({ mutationFn: () => client.deleteAlias({ params: { name } }), onSuccess })
}
