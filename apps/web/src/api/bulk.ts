import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Instance } from '@wave-store/contract'
import { appKeys } from './app-queries.ts'
import { client } from './client.ts'
import { instanceKeys } from './instance-queries.ts'

export type BulkAction = 'suspend' | 'resume' | 'terminate'

export interface BulkResult {
  done: Instance[]
  /** Each with what the store said. */
  failed: { instance: Instance; error: Error }[]
}

const act: Record<BulkAction, (instanceId: string) => Promise<unknown>> = {
  suspend: (instanceId) => client.suspendInstance({ params: { instanceId } }),
  resume: (instanceId) => client.resumeInstance({ params: { instanceId } }),
  terminate: (instanceId) => client.terminateInstance({ params: { instanceId } }),
}

/** Does one thing with several instances, one after the other; what goes wrong with one stops none of the others. */
export function useBulk(action: BulkAction) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (instances: Instance[]): Promise<BulkResult> => {
      const result: BulkResult = { done: [], failed: [] }
      for (const instance of instances) {
        try {
          await act[action](instance.id)
          result.done.push(instance)
        } catch (error) {
          result.failed.push({ instance, error: error as Error })
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
