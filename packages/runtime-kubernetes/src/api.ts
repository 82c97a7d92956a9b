import { setTimeout as delay } from 'node:timers/promises'
import { HttpMethod, KubeConfig, type KubernetesObject, PatchStrategy, RequestContext } from '@kubernetes/client-node'
import { RuntimeError } from '@wave-store/runtime'
// The client's connections are those of this package, not of Node's own.
import { fetch, type RequestInit, type Response } from 'undici'

const callTimeoutMs = 15_000
/** Of one call that does not succeed at once; the last one is the whole time that a caller waits, about 10 s. */
const pausesMs = [100, 200, 400, 800, 1600, 3000, 3000]
/** How long connections and credentials of one kind are used before they are read anew. */
const connectionMs = 60_000

/** An answer of the API server that is none of those asked for. */
export class ApiError extends Error {
  readonly status: number
  /** `AlreadyExists`, `Forbidden`, … */
  readonly reason: string

  constructor(status: number, reason: string, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.reason = reason
  }
}

export type Query = Record<string, string | number | boolean>

interface Call {
  query?: Query
  body?: unknown
  contentType?: string
}

/** What each kind is called in addresses. */
const plurals: Record<string, string> = {
  ConfigMap: 'configmaps',
  NetworkPolicy: 'networkpolicies',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  Pod: 'pods',
  Secret: 'secrets',
  Service: 'services',
}

export type Kind = 'ConfigMap' | 'NetworkPolicy' | 'PersistentVolumeClaim' | 'Pod' | 'Secret' | 'Service'

/**
 * The few calls that the driver makes, all of which may be repeated: what the API server refuses for the moment, or answers
 * with an error after it has done what was asked, is asked again.
 */
export class Api {
  readonly config = new KubeConfig()
  readonly namespace: string
  readonly #manager: string
  #connection: { context: RequestContext; until: number } | undefined

  constructor({ namespace, kubeconfig, manager }: { namespace: string; kubeconfig?: string; manager: string }) {
    if (kubeconfig) this.config.loadFromFile(kubeconfig)
    else this.config.loadFromDefault()
    this.namespace = namespace
    this.#manager = manager
  }

  path(kind: Kind, name?: string): string {
    const group = kind === 'NetworkPolicy' ? '/apis/networking.k8s.io/v1' : '/api/v1'
    return `${group}/namespaces/${this.namespace}/${plurals[kind]}${name === undefined ? '' : `/${name}`}`
  }

  /** Server-side apply: makes it or brings it to this state; what others have set of it stays. */
  async apply<T extends KubernetesObject>(object: T): Promise<T> {
    return await this.#call('PATCH', this.path(object.kind as Kind, object.metadata?.name), {
      query: { fieldManager: this.#manager, force: true },
      contentType: PatchStrategy.ServerSideApply,
      body: object,
    })
  }

  /** @returns null where there is none */
  async merge<T extends KubernetesObject>(kind: Kind, name: string, body: unknown): Promise<T | null> {
    const contentType = PatchStrategy.MergePatch
    return await orNull(this.#call<T>('PATCH', this.path(kind, name), { contentType, body }))
  }

  async read<T extends KubernetesObject>(kind: Kind, name: string): Promise<T | null> {
    return await orNull(this.#call<T>('GET', this.path(kind, name)))
  }

  async list<T extends KubernetesObject>(kind: Kind, labelSelector: string): Promise<{ items: T[]; version: string }> {
    const found = await this.#call<{ items: T[]; metadata: { resourceVersion: string } }>('GET', this.path(kind), {
      query: { labelSelector },
    })
    return { items: found.items, version: found.metadata.resourceVersion }
  }

  /** One that is not there is no error. @param graceSeconds of a pod, between SIGTERM and SIGKILL */
  async remove(kind: Kind, name: string, { graceSeconds }: { graceSeconds?: number } = {}): Promise<void> {
    const grace = graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds }
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', ...grace }
    await orNull(this.#call('DELETE', this.path(kind, name), { body, contentType: 'application/json' }))
  }

  /** An answer that goes on, such as a log; null where there is nothing. The time limit is for its beginning. */
  async stream(path: string, query: Query, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array> | null> {
    const begun = new AbortController()
    const timer = setTimeout(() => begun.abort(new Error('The API server does not answer')), callTimeoutMs)
    try {
      const signals = signal ? AbortSignal.any([signal, begun.signal]) : begun.signal
      const response = await this.#send('GET', path, { query }, signals)
      if (!response.ok) throw await errorOf(response)
      return response.body as AsyncIterable<Uint8Array> | null
    } finally {
      clearTimeout(timer)
    }
  }

  async #call<T>(method: string, path: string, call: Call = {}): Promise<T> {
    for (const pauseMs of [...pausesMs, null]) {
      const { answer, trouble } = await this.#try<T>(method, path, call)
      if (trouble === undefined) return answer as T
      if (pauseMs === null || !isPassing(trouble)) throw unavailable(trouble)
      await delay(pauseMs * (0.5 + Math.random()))
    }
    throw new Error('unreachable')
  }

  async #try<T>(method: string, path: string, call: Call): Promise<{ answer?: T; trouble?: unknown }> {
    try {
      const response = await this.#send(method, path, call, AbortSignal.timeout(callTimeoutMs))
      if (!response.ok) return { trouble: await errorOf(response) }
      return { answer: (await response.json()) as T }
    } catch (trouble) {
      return { trouble }
    }
  }

  async #send(method: string, path: string, { query = {}, body, contentType }: Call, signal: AbortSignal) {
    const cluster = this.config.getCurrentCluster()
    if (!cluster)
      throw new RuntimeError('unavailable', 'No cluster is configured: there is no kubeconfig, and this is no pod.')
    const url = new URL(`${cluster.server}${path}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
    const context = await this.#connect()
    const init = {
      method,
      headers: { ...context.getHeaders(), ...(contentType && { 'content-type': contentType }) },
      signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      dispatcher: context.getDispatcher(),
    }
    return await fetch(url, init as RequestInit)
  }

  /** Connections stay open between calls; what says who we are is read anew every minute, as tokens are exchanged. */
  async #connect(): Promise<RequestContext> {
    const now = performance.now()
    if (this.#connection && this.#connection.until > now) return this.#connection.context
    const context = new RequestContext(this.config.getCurrentCluster()!.server, HttpMethod.GET)
    await this.config.applySecurityAuthentication(context)
    this.#connection = { context, until: now + connectionMs }
    return context
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text()
  try {
    const { reason = '', message = text } = JSON.parse(text) as { reason?: string; message?: string }
    return new ApiError(response.status, reason, message)
  } catch {
    return new ApiError(response.status, '', text.slice(0, 500))
  }
}

/** Somebody else wrote, or made, the same at the same moment. */
const contended = ['Conflict', 'AlreadyExists']

/** Whether it may be another one a moment later. */
function isPassing(trouble: unknown): boolean {
  if (trouble instanceof RuntimeError) return false
  if (!(trouble instanceof ApiError)) return true
  const { status, reason } = trouble
  return status === 429 || status >= 500 || (status === 409 && contended.includes(reason))
}

/** What the caller can do nothing about is the cluster's being away. */
function unavailable(trouble: unknown): unknown {
  if (trouble instanceof RuntimeError) return trouble
  if (trouble instanceof ApiError && trouble.status < 500 && trouble.status !== 429 && trouble.status !== 401)
    return trouble
  const { message, cause } = trouble as Error & { cause?: { message?: string } }
  const why = cause?.message ?? message
  return new RuntimeError('unavailable', `The Kubernetes API does not answer: ${why}`, { cause: trouble })
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}
