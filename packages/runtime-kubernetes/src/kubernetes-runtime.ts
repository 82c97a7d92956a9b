import type { V1Pod } from '@kubernetes/client-node'
import {
  type Capabilities,
  type InstanceSpec,
  type InstanceStats,
  type LogOptions,
  linesOfSource,
  type ObservedInstance,
  type Runtime,
  RuntimeError,
  type StopOptions,
} from '@wave-store/runtime'
import { type ImageFacts, isInstanceId, specProblems } from '@wave-store/runtime/driver'
import { Api } from './api.ts'
import { readImageFacts } from './image-facts.ts'
import { Instances } from './instances.ts'
import { labels, Names } from './labels.ts'
import { generationOf, hasEnded, labelOf, type ObserveOptions, observe } from './observe.ts'
import type { KubernetesRuntimeOptions } from './options.ts'
import { buildMemoryOf } from './pod.ts'
import { podLog } from './pod-log.ts'
import { PodWatch } from './pod-watch.ts'
import { usageOf } from './usage.ts'

const defaultStuckMs = 3 * 60_000

/**
 * Instances as pods of a Kubernetes cluster, from 1.20 on. The cluster is the memory: objects and their labels say
 * everything, so that any number of these objects, in different servers, see the same.
 *
 * @throws {RuntimeError} `unavailable` when the API does not answer, or no pod of the image of apps comes to run
 */
export async function createKubernetesRuntime(options: KubernetesRuntimeOptions): Promise<Runtime> {
  if (!/^[a-z0-9-]{1,20}$/.test(options.name))
    throw new RuntimeError('unavailable', `${options.name} is no name for a store: 1 to 20 of a-z, 0-9 and -`)
  const names = new Names(options.name)
  const { namespace, kubeconfig } = options
  const api = new Api({ namespace, manager: `wave-store-${options.name}`, ...(kubeconfig && { kubeconfig }) })
  const watch = new PodWatch(api, names.selector(), {
    resyncMs: options.resyncMs,
    onTrouble: ({ message }) => console.warn(`The watch of pods begins anew: ${message}`),
  })
  try {
    await watch.begin()
    const facts = await readImageFacts(api, names, watch, options)
    const instances = new Instances({ api, names, watch, facts, options })
    return new KubernetesRuntime({ api, names, watch, facts, options, instances })
  } catch (error) {
    watch.end()
    if (error instanceof RuntimeError) throw error
    throw new RuntimeError('unavailable', `The Kubernetes API refuses: ${(error as Error).message}`, { cause: error })
  }
}

interface Parts {
  api: Api
  names: Names
  watch: PodWatch
  facts: ImageFacts
  options: KubernetesRuntimeOptions
  instances: Instances
}

class KubernetesRuntime implements Runtime {
  /** Each pod installs what its app needs. */
  readonly environments = null
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async capabilities(): Promise<Capabilities> {
    return {
      driver: 'kubernetes',
      isolation: 'full',
      advice: 'Apps are kept apart by network policies where the network of the cluster enforces them.',
      limits: { memory: true, pids: false, cpu: true, disk: 'quota' },
      images: false,
      gpus: false,
      pythons: [this.#parts.facts.python],
    }
  }

  async start(spec: InstanceSpec): Promise<void> {
    const problems = specProblems(spec)
    if (problems.length > 0) throw new RuntimeError('unsupported', problems.join(' '))
    await this.#parts.instances.start(spec)
  }

  async inspect(): Promise<ObservedInstance[]> {
    const { instances } = this.#parts
    const options = this.#observeOptions()
    const seen = new Map([...this.#newest()].map(([id, pod]) => [id, observe(pod, options)]))
    for (const [id, { generation, exit }] of instances.refused)
      if ((seen.get(id)?.generation ?? 0) < generation)
        seen.set(id, { id, generation, phase: 'exited', phaseSince: exit.at, exit })
    return [...seen.values()]
  }

  async stop(id: string, options: StopOptions): Promise<void> {
    if (isInstanceId(id)) await this.#parts.instances.stop(id, options)
  }

  async stats(): Promise<InstanceStats[]> {
    const running = [...this.#newest().values()].filter((pod) => !hasEnded(pod) && pod.status?.phase === 'Running')
    return await usageOf(running)
  }

  async *logs(id: string, options: LogOptions = {}): AsyncIterable<Uint8Array> {
    if (isInstanceId(id)) yield* linesOfSource(this.#log(id, options), options)
  }

  onChange(listener: () => void): void {
    this.#parts.watch.onChange(listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#parts.watch.end()
  }

  async *#log(id: string, options: LogOptions): AsyncIterable<Uint8Array> {
    const { api, instances, watch } = this.#parts
    const pod = instances.podsOf(id)[options.process === 'previous' ? 1 : 0]
    if (!pod) return
    options.onOpen?.(pod.metadata?.uid ?? '')
    yield* podLog({ api, watch, pod }, options)
  }

  #newest(): Map<string, V1Pod> {
    const newest = new Map<string, V1Pod>()
    for (const pod of this.#parts.watch.all()) {
      const id = labelOf(pod, labels.instance)
      const other = newest.get(id)
      if (id !== '' && (!other || generationOf(other) < generationOf(pod))) newest.set(id, pod)
    }
    return newest
  }

  #observeOptions(): ObserveOptions {
    const { names, options } = this.#parts
    const { addresses = 'service', namespace, stuckMs = defaultStuckMs } = options
    return {
      addressOf: (pod, port) =>
        addresses === 'pod'
          ? { host: pod.status?.podIP ?? '', port }
          : { host: `${names.instance(labelOf(pod, labels.instance))}.${namespace}.svc`, port },
      buildMemoryBytes: buildMemoryOf(options),
      stuckMs,
      now: Date.now(),
    }
  }
}
