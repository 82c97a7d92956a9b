import { QueryClient, QueryObserver } from '@tanstack/react-query'
import type { Instance } from '@wave-store/contract'
import { expect, it } from 'vitest'
import { takeIn } from './instance-cache.ts'
import { instanceKeys } from './instance-queries.ts'

const appId = 'a1'

/** As much of an instance as the cache looks at. */
function instance(id: string, minute: number, changes: Partial<Instance> = {}): Instance {
  const createdAt = new Date(Date.UTC(2026, 4, 4, 12, minute)).toISOString()
  return { id, createdAt, status: 'DEPLOYED', ...changes } as Instance
}

function cacheOf({ mine = [], ofApp = [] }: { mine?: Instance[]; ofApp?: Instance[] }) {
  const queryClient = new QueryClient()
  queryClient.setQueryData(instanceKeys.list(), mine)
  queryClient.setQueryData(instanceKeys.list(appId), ofApp)
  const ids = (key: readonly unknown[]) => queryClient.getQueryData<Instance[]>(key)?.map(({ id }) => id)
  return { queryClient, mine: () => ids(instanceKeys.list()), ofApp: () => ids(instanceKeys.list(appId)) }
}

it('adds an instance that came to the list that is told of it, by age', () => {
  const cache = cacheOf({ mine: [instance('c', 3), instance('a', 1)] })
  takeIn(cache.queryClient, {}, { kind: 'instance', instance: instance('b', 2) })
  expect(cache.mine()).toEqual(['c', 'b', 'a'])
  expect(cache.ofApp()).toEqual([])
})

it('does not take somebody else’s for mine', () => {
  const cache = cacheOf({ mine: [instance('a', 1)] })
  takeIn(cache.queryClient, { appId }, { kind: 'instance', instance: instance('b', 2) })
  takeIn(cache.queryClient, { instanceId: 'c' }, { kind: 'instance', instance: instance('c', 3) })
  expect(cache.mine()).toEqual(['a'])
  expect(cache.ofApp()).toEqual(['b'])
})

it('changes an instance wherever it is known', () => {
  const before = instance('a', 1)
  const cache = cacheOf({ mine: [before], ofApp: [before] })
  cache.queryClient.setQueryData(instanceKeys.details('a'), before)
  const after = instance('a', 1, { status: 'FAILED' })
  takeIn(cache.queryClient, { appId }, { kind: 'instance', instance: after })
  for (const key of [instanceKeys.list(), instanceKeys.list(appId)])
    expect(cache.queryClient.getQueryData(key)).toEqual([after])
  expect(cache.queryClient.getQueryData(instanceKeys.details('a'))).toEqual(after)
})

it('removes one that is gone, and asks for it again where its page is shown', () => {
  const cache = cacheOf({ mine: [instance('a', 1), instance('b', 2)] })
  cache.queryClient.setQueryData(instanceKeys.details('a'), instance('a', 1))
  takeIn(cache.queryClient, {}, { kind: 'instance-gone', instanceId: 'a' })
  expect(cache.mine()).toEqual(['b'])
  expect(cache.queryClient.getQueryState(instanceKeys.details('a'))?.isInvalidated).toBe(true)
})

it('does not let an answer that was under way replace what was told meanwhile', async () => {
  const queryClient = new QueryClient()
  const failed = instance('a', 1, { status: 'FAILED' })
  const first = Promise.withResolvers<Instance[]>()
  const second = Promise.withResolvers<Instance[]>()
  const answers = [first.promise, second.promise]
  const observer = new QueryObserver<Instance[]>(queryClient, {
    queryKey: instanceKeys.list(),
    queryFn: () => answers.shift()!,
  })
  const end = observer.subscribe(() => {})
  takeIn(queryClient, {}, { kind: 'instance', instance: failed })
  expect(answers).toEqual([])
  first.resolve([instance('a', 1)])
  second.resolve([failed])
  await second.promise
  await expect.poll(() => queryClient.getQueryData(instanceKeys.list())).toEqual([failed])
  end()
})

it('reads everything anew when it begins to be told', () => {
  const cache = cacheOf({ mine: [instance('a', 1)] })
  takeIn(cache.queryClient, {}, { kind: 'hello' })
  expect(cache.queryClient.getQueryState(instanceKeys.list())?.isInvalidated).toBe(true)
})
