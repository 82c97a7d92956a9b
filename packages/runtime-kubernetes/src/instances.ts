import { setTimeout as delay } from 'node:timers/promises'
import type { V1OwnerReference, V1PersistentVolumeClaim, V1Pod, V1Secret, V1Service } from '@kubernetes/client-node'
import { type Exit, type InstanceSpec, RuntimeError, type StopOptions } from '@wave-store/runtime'
import { type ImageFacts, indexAddresses, osPackageFailure } from '@wave-store/runtime/driver'
import { type Api, ApiError } from './api.ts'
import { graceSeconds } from './grace.ts'
import { annotations, labels, type Names } from './labels.ts'
import { instancePolicy, instanceService, ownerOf, processSecret, type Reachable, volumeClaim } from './objects.ts'
import { annotationOf, generationOf, hasEnded, isBeyondReach, labelOf } from './observe.ts'
import type { KubernetesRuntimeOptions } from './options.ts'
import { instancePod, needsBuild } from './pod.ts'
import type { PodWatch } from './pod-watch.ts'
import { podPorts } from './ports.ts'
import { processFiles } from './process-files.ts'

interface InstanceParts {
  api: Api
  names: Names
  watch: PodWatch
  facts: ImageFacts
  options: KubernetesRuntimeOptions
}

/** Of a pod to be gone, beside the grace that it is given. */
const endMarginMs = 60_000
/** Between two looks at a volume that is on its way out. */
const volumeRetryMs = 100
const remedy = 'An operator can give the store an image of apps that has it (WAVE_STORE_KUBERNETES_IMAGE).'

/** Starts and ends instances; each step may be repeated, by this server or by another one. */
export class Instances {
  readonly #parts: InstanceParts
  /** What is done for an instance is done one after the other. */
  readonly #turns = new Map<string, Promise<unknown>>()
  /** Starts that the cluster refused, such as for a quota, by instance. */
  readonly #refused = new Map<string, { generation: number; exit: Exit }>()

  constructor(parts: InstanceParts) {
    this.#parts = parts
  }

  /** Why the latest start of it came to no pod. */
  get refused(): ReadonlyMap<string, { generation: number; exit: Exit }> {
    return this.#refused
  }

  /** The newest first. */
  podsOf(id: string): V1Pod[] {
    const pods = this.#parts.watch.all().filter((pod) => labelOf(pod, labels.instance) === id)
    return pods.sort((a, b) => generationOf(b) - generationOf(a))
  }

  start(spec: InstanceSpec): Promise<void> {
    return this.#inTurn(spec.id, () => this.#start(spec))
  }

  stop(id: string, options: StopOptions): Promise<void> {
    return this.#inTurn(id, () => this.#stop(id, options))
  }

  async #start(spec: InstanceSpec): Promise<void> {
    const { id, generation } = spec
    await this.#lookAtEarlier(spec)
    const [previous, ...older] = this.podsOf(id)
    if (previous && generationOf(previous) >= generation) return
    if ((this.#refused.get(id)?.generation ?? 0) >= generation) return
    // One instance, one process: the volume is the next one's when the earlier one has let go of it.
    if (previous) await this.#end(previous)
    await Promise.all(older.map((pod) => this.#remove(pod, 0)))
    try {
      await this.#launch(spec)
      this.#refused.delete(id)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.#refused.set(id, { generation, exit: refusal(error) })
    }
  }

  /** What another server has started a moment ago may not have been told yet. */
  async #lookAtEarlier({ id, generation }: InstanceSpec): Promise<void> {
    const { api, names, watch } = this.#parts
    for (const earlier of [generation - 1, generation - 2]) {
      const name = names.process(id, earlier)
      const pod = earlier < 1 || watch.get(name) ? null : await api.read<V1Pod>('Pod', name)
      if (pod) watch.put(pod)
    }
  }

  async #launch(spec: InstanceSpec): Promise<void> {
    const { api, facts, names, options, watch } = this.#parts
    const ports = podPorts(spec.entry)
    const failure = osPackageFailure(spec, facts, remedy)
    const owner = ownerOf(await api.apply<V1Service>(instanceService(names, spec, ports)))
    await Promise.all([
      api.apply(instancePolicy({ names, id: spec.id, owner }, ports, await this.#reachable(spec))),
      this.#applyVolumes(spec, owner),
      this.#applySecrets({ options, spec, ports, failure }, owner),
    ])
    const pod = instancePod({ names, options, spec, ports, failure })
    pod.metadata = { ...pod.metadata, ownerReferences: [owner] }
    watch.put(await api.apply<V1Pod>(pod))
  }

  /** A volume that is there stays as it is: most of what it is cannot be changed. */
  async #applyVolumes({ id, volume, environment }: InstanceSpec, owner: V1OwnerReference): Promise<void> {
    const { api, names, options } = this.#parts
    const wanted = [
      ...(volume ? [['data', volume.sizeBytes] as const] : []),
      ...(environment.ownVolumeBytes === undefined ? [] : [['resources', environment.ownVolumeBytes] as const]),
    ]
    for (const [what, sizeBytes] of wanted) {
      const there = await api.read<V1PersistentVolumeClaim>('PersistentVolumeClaim', names.instance(id, what))
      if (there) continue
      const storageClass = options.storageClass
      await api.apply(volumeClaim({ names, id, owner }, what, { sizeBytes, storageClass }))
    }
  }

  async #applySecrets(parts: Parameters<typeof processFiles>[0], owner: V1OwnerReference): Promise<void> {
    const { api, names } = this.#parts
    const { id, generation } = parts.spec
    for (const [what, files] of Object.entries(processFiles(parts)))
      await api.apply<V1Secret>(processSecret({ names, id, owner }, generation, what as 'run' | 'build', files))
  }

  async #reachable(spec: InstanceSpec): Promise<Reachable> {
    const { bundleSource, index, storePort } = this.#parts.options
    const { hostname, port, protocol } = new URL(bundleSource(spec.bundle).url)
    const store = { address: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) }
    const addresses = needsBuild(spec) ? await indexAddresses(index) : []
    return { storePort, addresses: [store, ...addresses] }
  }

  async #stop(id: string, { data, graceMs }: StopOptions): Promise<void> {
    const pods = this.podsOf(id)
    if (data === 'keep') {
      await Promise.all(pods.slice(0, 1).map((pod) => this.#end(pod)))
      return
    }
    const { api, names } = this.#parts
    await Promise.all(pods.map((pod) => this.#remove(pod, Math.ceil(graceMs / 1000))))
    // Waited for: who starts it again begins with an empty one.
    const volumes = (['data', 'resources'] as const).map((what) => this.#removeVolume(names.instance(id, what)))
    await Promise.all(volumes)
    // What is left goes with it.
    await api.remove('Service', names.instance(id))
    this.#refused.delete(id)
  }

  /**
   * Ends it so that its log stays: a pod whose time is up is ended by its node, and kept. One that no node has taken yet has
   * nothing to keep.
   */
  async #end(pod: V1Pod): Promise<void> {
    if (hasEnded(pod)) return
    const { api, watch } = this.#parts
    const name = pod.metadata?.name ?? ''
    if (!pod.spec?.nodeName || !pod.status?.startTime) return this.#remove(pod, 0)
    // What may still run there has no volume that the next one could share with it.
    if (isBeyondReach(pod, Date.now()) && !hasVolume(pod)) return this.#forget(pod)
    if (annotationOf(pod, annotations.ended) === undefined) {
      const ended = await api.merge<V1Pod>('Pod', name, {
        metadata: { annotations: { [annotations.ended]: 'stopped' } },
        spec: { activeDeadlineSeconds: 1 },
      })
      if (ended) watch.put(ended)
      else watch.drop(name)
    }
    await watch.until(name, (seen) => hasEnded(seen), graceSeconds * 1000 + endMarginMs)
    await this.#removeSecrets(pod)
  }

  /** Of what has ended nothing runs on its node any more: its object need not wait for that node to say so. */
  async #remove(pod: V1Pod, grace: number): Promise<void> {
    const { api, watch } = this.#parts
    const name = pod.metadata?.name ?? ''
    const isGone = (seen: V1Pod | undefined) => seen?.metadata?.uid !== pod.metadata?.uid
    if (!hasEnded(pod)) {
      await api.remove('Pod', name, { graceSeconds: grace })
      await watch.until(name, (seen) => isGone(seen) || hasEnded(seen), grace * 1000 + endMarginMs)
    }
    await this.#forget(pod)
  }

  async #forget(pod: V1Pod): Promise<void> {
    const { api, watch } = this.#parts
    const name = pod.metadata?.name ?? ''
    await api.remove('Pod', name, { graceSeconds: 0 })
    await watch.until(name, (seen) => seen?.metadata?.uid !== pod.metadata?.uid, endMarginMs)
    await this.#removeSecrets(pod)
  }

  async #removeSecrets(pod: V1Pod): Promise<void> {
    const { api, names } = this.#parts
    const name = (what: 'run' | 'build') => names.process(labelOf(pod, labels.instance), generationOf(pod), what)
    await Promise.all([api.remove('Secret', name('run')), api.remove('Secret', name('build'))])
  }

  async #removeVolume(name: string): Promise<void> {
    const { api } = this.#parts
    await api.remove('PersistentVolumeClaim', name)
    const deadline = performance.now() + endMarginMs
    while (await api.read('PersistentVolumeClaim', name)) {
      if (performance.now() > deadline) throw new RuntimeError('unavailable', `The volume ${name} does not go away.`)
      await delay(volumeRetryMs)
    }
  }

  async #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(id)
    const turn = Promise.resolve(before)
      .catch(() => {})
      .then(work)
    this.#turns.set(id, turn)
    try {
      return await turn
    } finally {
      if (this.#turns.get(id) === turn) this.#turns.delete(id)
    }
  }
}

function hasVolume({ spec }: V1Pod): boolean {
  return spec?.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim) ?? false
}

/** What the cluster does not let us have. */
function refusal({ reason, message }: ApiError): Exit {
  const isQuota = /exceeded quota/i.test(message)
  const words = isQuota ? 'The quota of the namespace is used up' : `The cluster refuses it (${reason})`
  return {
    reason: 'internal',
    message: `${words}: ${message.slice(0, 500).replace(/\.$/, '')}.`,
    code: null,
    at: Date.now(),
  }
}
