import { setTimeout as delay } from 'node:timers/promises'
import { type V1Pod, Watch } from '@kubernetes/client-node'
import { RuntimeError } from '@wave-store/runtime'
import type { Api } from './api.ts'

const firstPauseMs = 200
const longestPauseMs = 10_000
const defaultResyncMs = 5 * 60_000
/** What is seen may be as old as this before it counts as nothing. */
const longestBlindMs = 30_000

type Listener = () => void

interface WatchOptions {
  resyncMs?: number | undefined
  /** Told when the watch broke off, before it is begun anew. */
  onTrouble: (error: Error) => void
}

/**
 * The pods of a store as they are, by a list and a watch that goes on from it: an informer. It begins anew when the watch
 * breaks, with a longer pause each time, and looks at everything from time to time whatever the watch has told.
 */
export class PodWatch {
  readonly #api: Api
  readonly #selector: string
  readonly #resyncMs: number
  readonly #onTrouble: (error: Error) => void
  readonly #pods = new Map<string, V1Pod>()
  readonly #listeners = new Set<Listener>()
  readonly #end = new AbortController()
  /** By the steady clock: when the watch broke off; null while it stands. */
  #blindSince: number | null = performance.now()

  constructor(api: Api, selector: string, { resyncMs = defaultResyncMs, onTrouble }: WatchOptions) {
    this.#api = api
    this.#selector = selector
    this.#resyncMs = resyncMs
    this.#onTrouble = onTrouble
  }

  /** @throws {RuntimeError} `unavailable` when the first list cannot be had */
  async begin(): Promise<void> {
    const version = await this.#list()
    void this.#follow(version)
  }

  end(): void {
    this.#end.abort()
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @throws {RuntimeError} `unavailable` when nothing has been seen for half a minute */
  all(): V1Pod[] {
    if (this.#blindSince !== null && performance.now() - this.#blindSince > longestBlindMs)
      throw new RuntimeError('unavailable', 'The Kubernetes API tells nothing of the pods any more.')
    return [...this.#pods.values()]
  }

  get(name: string): V1Pod | undefined {
    return this.#pods.get(name)
  }

  /** What a call has answered is known at once, before the watch tells it. */
  put(pod: V1Pod): void {
    const known = this.#pods.get(nameOf(pod))
    if (known?.metadata?.uid === pod.metadata?.uid && versionOf(known) >= versionOf(pod)) return
    this.#pods.set(nameOf(pod), pod)
    this.#tell()
  }

  drop(name: string): void {
    if (this.#pods.delete(name)) this.#tell()
  }

  /**
   * Waits until the pod is as asked; undefined: it is gone. Asked for directly from time to time, for a watch that is broken.
   *
   * @throws {RuntimeError} `unavailable` after `timeoutMs`
   */
  async until(name: string, isReached: (pod: V1Pod | undefined) => boolean, timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs
    let changed = Promise.withResolvers<void>()
    const leave = this.onChange(() => {
      changed.resolve()
      changed = Promise.withResolvers()
    })
    try {
      while (!isReached(this.#pods.get(name))) {
        const left = deadline - performance.now()
        if (left <= 0) throw new RuntimeError('unavailable', `The pod ${name} does not end: its node may be away.`)
        const timer = new AbortController()
        const late = delay(Math.min(left, 2000), 'late', { signal: timer.signal }).catch(() => 'changed')
        const isLate = (await Promise.race([changed.promise, late])) === 'late'
        timer.abort()
        if (isLate) await this.#refresh(name)
      }
    } finally {
      leave()
    }
  }

  async #refresh(name: string): Promise<void> {
    const pod = await this.#api.read<V1Pod>('Pod', name)
    if (pod) this.put(pod)
    else this.drop(name)
  }

  async #follow(first: string): Promise<void> {
    const { signal } = this.#end
    let version: string | null = first
    let pauseMs = firstPauseMs
    while (!signal.aborted) {
      try {
        version ??= await this.#list()
        const begunAt = performance.now()
        version = await this.#watch(version)
        if (performance.now() - begunAt > longestPauseMs) pauseMs = firstPauseMs
      } catch (error) {
        this.#blindSince ??= performance.now()
        // Too long ago for the server to go on from, or something else: everything is looked at anew.
        version = null
        if (signal.aborted) return
        this.#onTrouble(error as Error)
        await delay(pauseMs * (0.5 + Math.random()), undefined, { signal, ref: false }).catch(() => {})
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      }
    }
  }

  async #list(): Promise<string> {
    const { items, version } = await this.#api.list<V1Pod>('Pod', this.#selector)
    const names = new Set(items.map(nameOf))
    for (const name of this.#pods.keys()) if (!names.has(name)) this.#pods.delete(name)
    for (const pod of items) this.#pods.set(nameOf(pod), pod)
    this.#blindSince = null
    this.#tell()
    return version
  }

  /** Until it ends in peace. @returns where to go on, null: with a list */
  async #watch(version: string): Promise<string | null> {
    const { signal } = this.#end
    const ended = Promise.withResolvers<void>()
    let reached: string | null = version
    let failure: Error | null = null
    let request: AbortController | undefined
    const query = { labelSelector: this.#selector, resourceVersion: version, allowWatchBookmarks: true }
    request = await new Watch(this.#api.config).watch(
      this.#api.path('Pod'),
      query,
      (type: string, object: V1Pod & { code?: number; message?: string }) => {
        if (type === 'ERROR') {
          failure = new Error(object.message ?? 'The watch failed')
          return request?.abort()
        }
        reached = object.metadata?.resourceVersion ?? reached
        if (type === 'BOOKMARK') return
        if (type === 'DELETED') this.#pods.delete(nameOf(object))
        else this.#pods.set(nameOf(object), object)
        this.#tell()
      },
      (error: unknown) => {
        if (error && !isTimeout(error)) failure ??= error as Error
        ended.resolve()
      },
    )
    const resync = setTimeout(() => {
      reached = null
      request?.abort()
    }, this.#resyncMs)
    const stop = () => request?.abort()
    signal.addEventListener('abort', stop, { once: true })
    this.#blindSince = null
    await ended.promise
    clearTimeout(resync)
    signal.removeEventListener('abort', stop)
    if (reached !== null && failure) throw failure
    return reached
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

function nameOf({ metadata }: V1Pod): string {
  return metadata?.name ?? ''
}

/** The API server counts up; where it does not, what came last is the latest. */
function versionOf(pod: V1Pod | undefined): number {
  return Number(pod?.metadata?.resourceVersion ?? 0) || 0
}

/** Nothing has been said for so long that it is asked again. */
function isTimeout(error: unknown): boolean {
  return (error as Error).name === 'TimeoutError'
}
