import { useMutation, useQueryClient } from '@tanstack/react-query'
import { appKeys } from './app-queries.ts'
import { instanceKeys } from './instance-queries.ts'

export interface BulkResult<T> {
  done: T[]
  /** Each with what the store said. */
  failed: { item: T; error: Error }[]
}

/** Does one thing with several instances or apps, one after the other; what goes wrong with one stops none of the others. */
export function useBulk<T>(act: (item: T) => Promise<unknown>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (items: T[]): Promise<BulkResult<T>> => {
      const result: BulkResult<T> = { done: [], failed: [] }
      for (const item of items) {
        try {
          await act(item)
          result.done.push(item)
        } catch (error) {
          result.failed.push({ item, error: error as Error })
        }
      }
      return result
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: instanceKeys.lists })
      void queryClient.invalidateQueries({ queryKey: appKeys.all })
    },
  })
}
