import { Buffer } from 'node:buffer'
import { setTimeout as delay } from 'node:timers/promises'
import type { V1Pod } from '@kubernetes/client-node'
import type { LogOptions } from '@wave-store/runtime'
import { type Api, ApiError } from './api.ts'
import { containers, hasEnded, stateOf } from './observe.ts'
import type { PodWatch } from './pod-watch.ts'

/** What a container has written last is most likely told by then. */
const lastWordsMs = 1000
/** Between two attempts at a log that broke off, or that its node does not give yet. */
const retryMs = 300

interface PodLog {
  api: Api
  watch: PodWatch
  /** As it was when the log was asked for. */
  pod: V1Pod
}

/**
 * The output of a pod: what its containers have written, one after the other. A negative offset counts back from what there
 * is. What a node has rotated away is not told.
 */
export async function* podLog(
  log: PodLog,
  { offset = 0, follow = false, signal }: Pick<LogOptions, 'offset' | 'follow' | 'signal'>,
): AsyncIterable<Uint8Array> {
  if (offset < 0) {
    const now = await collect(output(log, { follow: false, ...(signal && { signal }) }))
    const from = Math.max(0, now.length + offset)
    if (from < now.length) yield now.subarray(from)
    if (follow) yield* passOver(output(log, { follow, ...(signal && { signal }) }), now.length)
    return
  }
  yield* passOver(output(log, { follow, ...(signal && { signal }) }), offset)
}

async function* output(log: PodLog, options: { follow: boolean; signal?: AbortSignal }): AsyncIterable<Uint8Array> {
  for (const container of Object.values(containers)) {
    if (!log.pod.spec?.initContainers?.some(({ name }) => name === container) && container !== containers.app) continue
    if (options.follow && !(await hasBegun(log, container, options.signal))) return
    yield* containerLog(log, container, options)
  }
}

/** Waits for it; false: the pod has ended before, or the reader has gone. */
async function hasBegun({ watch, pod }: PodLog, container: string, signal: AbortSignal | undefined): Promise<boolean> {
  const name = pod.metadata?.name ?? ''
  let hasBegunNow = false
  const gone = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
  const begun = watch.until(
    name,
    (seen) => {
      const state = seen?.metadata?.uid === pod.metadata?.uid ? stateOf(seen!, container) : undefined
      hasBegunNow = Boolean(state?.running ?? state?.terminated)
      return signal?.aborted === true || hasBegunNow || seen?.metadata?.uid !== pod.metadata?.uid || hasEnded(seen)
    },
    Number.POSITIVE_INFINITY,
  )
  await Promise.race([begun, gone])
  return hasBegunNow && !signal?.aborted
}

/**
 * As long as the container runs it is followed, and taken up again where that broke off. When it has ended what is left is
 * read: a node may not say so itself to those who follow.
 */
async function* containerLog(
  { api, watch, pod }: PodLog,
  container: string,
  { follow, signal }: { follow: boolean; signal?: AbortSignal },
): AsyncIterable<Uint8Array> {
  const path = `${api.path('Pod', pod.metadata?.name)}/log`
  const runs = () => {
    const seen = watch.get(pod.metadata?.name ?? '')
    return seen?.metadata?.uid === pod.metadata?.uid && Boolean(stateOf(seen!, container)?.running)
  }
  let passed = 0
  for (;;) {
    const isFollowed = follow && runs()
    const end = new AbortController()
    const leave = watch.onChange(() => {
      if (isFollowed && !runs()) setTimeout(() => end.abort(), lastWordsMs)
    })
    try {
      const until = signal ? AbortSignal.any([signal, end.signal]) : end.signal
      const body = await api.stream(path, { container, follow: isFollowed }, until)
      for await (const chunk of passOver(body ?? [], passed)) {
        passed += chunk.length
        yield chunk
      }
    } catch (error) {
      // Not begun, or gone: there is nothing.
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) return
      if (!isFollowed && !signal?.aborted) throw error
    } finally {
      leave()
    }
    if (!isFollowed || signal?.aborted) return
    await delay(retryMs)
  }
}

async function* passOver(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, offset: number) {
  let left = offset
  for await (const chunk of chunks) {
    const rest = chunk.subarray(Math.min(left, chunk.length))
    left -= chunk.length - rest.length
    if (rest.length > 0) yield rest
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
