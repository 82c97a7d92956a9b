import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AppDetails, createTag, OperationInput, Tag, updateTag } from '@wave-store/contract'
import { appKeys } from './app-queries.ts'
import { client } from './client.ts'
import { useSession } from './session-queries.ts'

export type NewTag = OperationInput<typeof createTag>['body']
export type TagChanges = OperationInput<typeof updateTag>['body']

export const tagKeys = { all: ['tags'] as const }

/** Every tag; for people with full access. */
export const tagsQuery = queryOptions({
  queryKey: tagKeys.all,
  queryFn: ({ signal }) => client.listTags(undefined, { signal }),
})

/** The tags, where the reader may see any; none while they are on their way. */
export function useTags(): Tag[] {
  const { can } = useSession()
  return useQuery({ ...tagsQuery, enabled: can.seeTags }).data?.items ?? []
}

/** A tag stands on apps too, and how many bear it stands on the tag. */
function useInvalidateTags(): () => void {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: tagKeys.all })
    void queryClient.invalidateQueries({ queryKey: appKeys.all })
  }
}

export function useCreateTag() {
  const invalidate = useInvalidateTags()
  return useMutation({ mutationFn: (tag: NewTag) => client.createTag({ body: tag }), onSuccess: invalidate })
}

export function useUpdateTag(tagId: string) {
  const invalidate = useInvalidateTags()
  return useMutation({
    mutationFn: (changes: TagChanges) => client.updateTag({ params: { tagId }, body: changes }),
    onSuccess: invalidate,
  })
}

export function useDeleteTag(tagId: string) {
  const invalidate = useInvalidateTags()
  return useMutation({ mutationFn: () => client.deleteTag({ params: { tagId } }), onSuccess: invalidate })
}

/** Puts tags on an app and takes them off. */
export function useAppTags(appId: string) {
  const queryClient = useQueryClient()
  const invalidate = useInvalidateTags()
  return useMutation({
    mutationFn: ({ tagId, isOn }: { tagId: string; isOn: boolean }) => {
      const input = { params: { appId, tagId } }
      return isOn ? client.assignTag(input) : client.removeTag(input)
    },
    // It stands there at once, and is taken back where the store refuses.
    onMutate: async ({ tagId, isOn }) => {
      const queryKey = appKeys.details(appId)
      await queryClient.cancelQueries({ queryKey, exact: true })
      const before = queryClient.getQueryData<AppDetails>(queryKey)
      const tag = queryClient.getQueryData(tagsQuery.queryKey)?.items.find(({ id }) => id === tagId)
      if (!before || !tag) return
      const others = before.tags.filter(({ id }) => id !== tagId)
      queryClient.setQueryData(queryKey, { ...before, tags: isOn ? [...others, tag] : others })
      return { before }
    },
    onError: (_, __, kept) => kept && queryClient.setQueryData(appKeys.details(appId), kept.before),
    onSuccess: (app) => {
      queryClient.setQueryData(appKeys.details(appId), app)
      invalidate()
    },
  })
}
