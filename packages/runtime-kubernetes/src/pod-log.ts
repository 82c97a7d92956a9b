import { Buffer } from 'node:buffer'
import { setTimeout as delay } from 'node:timers/promises'
import type { V1Pod } from '@kubernetes/client-node'
import type { LogOptions } from '@wave-store/runtime'
import { type Api, ApiError } from './api.ts'
import { containers, hasEnded, stateOf } from './observe.ts'
import type { PodWatch } from './pod-watch.ts'

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

/** Once more from where it broke off, as long as the container runs. */
async function* containerLog(
  { api, watch, pod }: PodLog,
  container: string,
  { follow, signal }: { follow: boolean; signal?: AbortSignal },
): AsyncIterable<Uint8Array> {
  const path = `${api.path('Pod', pod.metadata?.name)}/log`
  let passed = 0
  for (;;) {
    const runsYet = () => {
      const seen = watch.get(pod.metadata?.name ?? '')
      return seen?.metadata?.uid === pod.metadata?.uid && Boolean(stateOf(seen!, container)?.running)
    }
    const wasRunning = runsYet()
    try {
      const body = await api.stream(path, { container, follow }, signal)
      for await (const chunk of passOver(body ?? [], passed)) {
        passed += chunk.length
        yield chunk
      }
      if (!follow || !wasRunning) return
    } catch (error) {
      if (signal?.aborted) return
      // Not begun, or gone: there is nothing.
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) return
      if (!follow) throw error
    }
    if (signal?.aborted) return
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
