import type { QueryClient } from '@tanstack/react-query'
import type { Instance, StoreEvent } from '@wave-store/contract'
import { appKeys } from './app-queries.ts'
import { instanceKeys } from './instance-queries.ts'
import type { Shown } from './store-events.ts'

/** Brings what the page knows of instances up to date with what it was told while it shows `shown`. */
export function takeIn(queryClient: QueryClient, shown: Shown, event: StoreEvent): void {
  switch (event.kind) {
    case 'hello':
      readAgain(queryClient, instanceKeys.all)
      return
    case 'instance':
      put(queryClient, shown, event.instance)
      return
    case 'instance-gone':
      remove(queryClient, event.instanceId)
  }
}

function put(queryClient: QueryClient, shown: Shown, instance: Instance): void {
  const before = known(queryClient, instance.id)
  const tellsAll = instanceKeys.list(shown.appId)
  changeLists(queryClient, (list, key) => {
    if (list.some(({ id }) => id === instance.id)) return list.map((one) => (one.id === instance.id ? instance : one))
    if (shown.instanceId || key !== tellsAll.at(-1)) return list
    return [...list, instance].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))
  })
  queryClient.setQueryData(instanceKeys.details(instance.id), instance)
  readAgainIfUnderWay(queryClient, instanceKeys.details(instance.id))
  if (before?.status !== instance.status) void queryClient.invalidateQueries({ queryKey: appKeys.all })
}

function remove(queryClient: QueryClient, instanceId: string): void {
  changeLists(queryClient, (list) => list.filter(({ id }) => id !== instanceId))
  // Its page asks for it once more, and shows why it cannot be had.
  void queryClient.invalidateQueries({ queryKey: instanceKeys.details(instanceId) })
  void queryClient.invalidateQueries({ queryKey: appKeys.all })
}

function known(queryClient: QueryClient, instanceId: string): Instance | undefined {
  const lists = queryClient.getQueriesData<Instance[]>({ queryKey: instanceKeys.lists })
  const listed = lists.flatMap(([, list]) => list ?? []).find(({ id }) => id === instanceId)
  return listed ?? queryClient.getQueryData<Instance>(instanceKeys.details(instanceId))
}

function changeLists(queryClient: QueryClient, change: (list: Instance[], whose: unknown) => Instance[]): void {
  for (const [queryKey] of queryClient.getQueriesData<Instance[]>({ queryKey: instanceKeys.lists })) {
    queryClient.setQueryData<Instance[]>(queryKey, (list) => list && change(list, queryKey.at(-1)))
    readAgainIfUnderWay(queryClient, queryKey)
  }
}

function readAgainIfUnderWay(queryClient: QueryClient, queryKey: readonly unknown[]): void {
  if (queryClient.getQueryState(queryKey)?.fetchStatus === 'fetching') readAgain(queryClient, queryKey)
}

/** An answer that is under way may be older than what is told, and would replace it. */
function readAgain(queryClient: QueryClient, queryKey: readonly unknown[]): void {
  void queryClient.cancelQueries({ queryKey })
  void queryClient.invalidateQueries({ queryKey })
}
