import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { BuiltEnvironment, EnvironmentCache, InstanceSpec } from '@wave-store/runtime'
import {
  appUser,
  type BuildFailure,
  type BuildResult,
  buildResult,
  type ImageFacts,
  indexEnvironment,
  type Listener,
  type Package,
  Places,
  SharedBuild,
} from '@wave-store/runtime/driver'
import type { ContainerInfo } from 'dockerode'
import { containerLog } from './container-log.ts'
import { confined, type ResourcesMount, volumeMount } from './containers.ts'
import { type Engine, settled, statusOf } from './engine.ts'
import { layFiles, startWith } from './feed.ts'
import { labels, type Names } from './labels.ts'
import { readEvents } from './launcher-events.ts'
import type { DockerRuntimeOptions } from './options.ts'

export interface EnvironmentParts {
  engine: Engine
  names: Names
  image: string
  facts: ImageFacts
  options: DockerRuntimeOptions
  /** Lets builds reach what they need, before one begins. */
  openForBuilds: () => Promise<void>
  /** Bytes that each volume holds, by its name. */
  volumeSizes: () => Promise<Map<string, number>>
}

type Built = { resources: ResourcesMount } | { failure: BuildFailure }

interface Facts {
  python: string
  builtAt: number
  packages: Package[]
}

const defaultLimits = { memoryBytes: 2 * 1024 ** 3, pids: 512 }
const defaultTimeoutMs = 20 * 60_000
const defaultMaxBytes = 20 * 1024 ** 3

/**
 * Python environments, each in a volume. One is finished when a container stands for it that is never started: its labels
 * hold the facts, it is made in one step, and it keeps the volume from being taken for a leftover.
 */
export class Environments implements EnvironmentCache {
  readonly #parts: EnvironmentParts
  readonly #places: Places
  readonly #builds = new Map<string, SharedBuild>()
  readonly #usedAt = new Map<string, number>()

  constructor(parts: EnvironmentParts) {
    this.#parts = parts
    this.#places = new Places(parts.options.maxConcurrentBuilds ?? 2)
  }

  /** @throws when `signal` aborts, or the engine fails */
  async acquire(spec: InstanceSpec, listener: Listener, signal: AbortSignal): Promise<Built> {
    const { ownVolumeBytes, inputsSha256 } = spec.environment
    if (ownVolumeBytes === undefined && inputsSha256 === '') return { resources: null }
    const key = this.#keyOf(spec)
    // One of the instance's own is known by the instance: an environment for other requirements replaces it.
    const name = ownVolumeBytes === undefined ? key : `${spec.id}-${key}`
    const known = await this.#volumeOf(name)
    if (known) return this.#use(spec, key, known)
    const result = await this.#build(name, spec, listener, signal)
    if (!result.built) return { failure: result.failure }
    const volume = await this.#volumeOf(name)
    if (!volume) return { failure: { reason: 'internal', message: 'The environment is gone as soon as it was built.' } }
    return this.#use(spec, key, volume)
  }

  async list(): Promise<BuiltEnvironment[]> {
    const { engine, names, volumeSizes } = this.#parts
    const [records, instances, sizes] = await Promise.all([
      this.#records(),
      engine.quick.listContainers({ all: true, filters: names.filter(`${labels.kind}=instance`) }),
      volumeSizes(),
    ])
    return records.filter(isShared).map((record) => {
      const { [labels.environment]: key = '', [labels.environmentVolume]: volume = '' } = record.Labels
      const { python, builtAt } = factsOf(record)
      const users = instances.filter(({ Labels }) => Labels[labels.environmentVolume] === volume)
      const usedAt = users.map(({ Created }) => Created * 1000)
      return {
        key,
        python,
        sizeBytes: sizes.get(volume) ?? 0,
        builtAt,
        lastUsedAt: Math.max(builtAt, this.#usedAt.get(key) ?? 0, ...usedAt),
        inUse: users.filter(({ State }) => State === 'running').length,
      }
    })
  }

  async packages(key: string): Promise<Package[]> {
    const record = (await this.#records()).find(({ Labels }) => Labels[labels.environment] === key)
    return record ? factsOf(record).packages : []
  }

  async discard(key: string): Promise<void> {
    for (const record of await this.#records(key)) await this.#remove(record)
  }

  /** What an instance that is gone had to itself, and volumes that nothing stands for any more. */
  async removeOf(id: string): Promise<void> {
    for (const record of await this.#records())
      if (record.Labels[labels.environment]?.startsWith(`${id}-`)) await this.#remove(record)
    await this.removeLeftovers()
  }

  /** Volumes of environments that were taken off the shelf, when the last instance that ran in one has gone. */
  async removeLeftovers(): Promise<void> {
    const { engine, names } = this.#parts
    const filters = names.filter(`${labels.kind}=environment`)
    const { Volumes: volumes } = await engine.quick.listVolumes({ filters })
    const kept = new Set((await this.#records()).map(({ Labels }) => Labels[labels.environmentVolume]))
    for (const { Name, Labels } of volumes ?? []) {
      const isBuilding = this.#builds.has(Labels[labels.environment] ?? '')
      if (!kept.has(Name) && !isBuilding) await this.#removeVolume(Name)
    }
  }

  #use({ environment: { ownVolumeBytes } }: InstanceSpec, key: string, volume: string): Built {
    if (ownVolumeBytes !== undefined) return { resources: { key: null, volume, writable: true } }
    this.#usedAt.set(key, Date.now())
    return { resources: { key, volume, writable: false } }
  }

  async #build(name: string, spec: InstanceSpec, listener: Listener, signal: AbortSignal): Promise<BuildResult> {
    for (;;) {
      let build = this.#builds.get(name)
      if (build?.abandoned) {
        await build.result.catch(() => {})
        continue
      }
      if (!build) {
        build = new SharedBuild((own, ownSignal) => this.#buildInTurn(name, spec, own, ownSignal))
        this.#builds.set(name, build)
        const done = () => this.#builds.delete(name)
        build.result.then(done, done)
      }
      return await build.join(listener, signal)
    }
  }

  async #buildInTurn(name: string, spec: InstanceSpec, listener: Listener, signal: AbortSignal): Promise<BuildResult> {
    listener.onPhase('queued')
    const leave = await this.#places.take(signal)
    try {
      listener.onPhase('installing')
      return await this.#buildNow(name, spec, listener, signal)
    } finally {
      leave()
    }
  }

  async #buildNow(name: string, spec: InstanceSpec, listener: Listener, signal: AbortSignal): Promise<BuildResult> {
    const { engine, names, facts, image, openForBuilds, options } = this.#parts
    await openForBuilds()
    if (spec.environment.ownVolumeBytes !== undefined) await this.removeOf(spec.id)
    const volume = `${names.environment(name).slice(0, 100)}-${randomUUID().slice(0, 8)}`
    const size = spec.environment.ownVolumeBytes
    await engine.quick.createVolume({
      Name: volume,
      Labels: names.labels('environment', {
        [labels.environment]: name,
        ...(size !== undefined && { [labels.size]: String(size), [labels.instance]: spec.id }),
      }),
    })
    const limits = options.buildLimits ?? defaultLimits
    const container = await engine.quick.createContainer({
      Image: image,
      Cmd: ['build'],
      User: `${appUser}:${appUser}`,
      OpenStdin: true,
      StdinOnce: true,
      Labels: names.labels('build', { [labels.environment]: name }),
      HostConfig: {
        ...confined(names.network('builds'), limits),
        Mounts: [volumeMount(volume, '/resources')],
      },
    })
    let isKept = false
    try {
      const { caFile } = options.index ?? {}
      const files = caFile ? [{ name: 'opt/wave/ca.pem', source: caFile }] : []
      await layFiles(container, { bundlePath: spec.bundle.path, directories: ['resources'], files })
      const result = await this.#run(container, spec, listener, signal)
      if (!result.built) return result
      const packages = result.packages ?? []
      await this.#record(name, volume, { python: facts.python, builtAt: Date.now(), packages })
      isKept = true
      return result
    } finally {
      await settled(container.remove({ force: true, v: true }))
      if (!isKept) await this.#removeVolume(volume)
      else void this.#evict().catch((error: unknown) => console.error(error))
    }
  }

  async #run(
    container: ReturnType<Engine['quick']['getContainer']>,
    spec: InstanceSpec,
    listener: Listener,
    signal: AbortSignal,
  ): Promise<BuildResult> {
    const { options } = this.#parts
    const limits = options.buildLimits ?? defaultLimits
    const timeoutMs = options.buildTimeoutMs ?? defaultTimeoutMs
    const overdue = AbortSignal.timeout(timeoutMs)
    const kill = () => void container.kill().catch(() => {})
    const end = AbortSignal.any([signal, overdue])
    end.throwIfAborted()
    end.addEventListener('abort', kill, { once: true })
    const own = this.#parts.engine.streams.getContainer(container.id)
    try {
      const env = indexEnvironment(options.index, Boolean(options.index?.caFile))
      const told = await startWith(own, { constraints: this.#constraintsOf(spec), env })
      told.resume()
      for await (const chunk of containerLog(own, { follow: true })) listener.onOutput(chunk)
      await own.wait()
    } finally {
      end.removeEventListener('abort', kill)
    }
    signal.throwIfAborted()
    const { State: state } = await container.inspect()
    const { last } = await readEvents(container)
    return buildResult({
      claim: last,
      code: state.ExitCode,
      outOfMemory: state.OOMKilled,
      memoryBytes: limits.memoryBytes,
      overdueMs: overdue.aborted ? timeoutMs : null,
    })
  }

  /** Whoever is first is the one: another server of this store may have built the same. */
  async #record(name: string, volume: string, facts: Facts): Promise<void> {
    const { engine, names, image } = this.#parts
    try {
      await engine.quick.createContainer({
        name: names.environment(name),
        Image: image,
        Labels: names.labels('environment', {
          [labels.environment]: name,
          [labels.environmentVolume]: volume,
          [labels.facts]: JSON.stringify(facts),
        }),
        HostConfig: { NetworkMode: 'none', Mounts: [volumeMount(volume, '/resources')] },
      })
    } catch (error) {
      if (statusOf(error) !== 409) throw error
    }
  }

  async #volumeOf(name: string): Promise<string | undefined> {
    return (await this.#records(name))[0]?.Labels[labels.environmentVolume]
  }

  #records(name?: string): Promise<ContainerInfo[]> {
    const { engine, names } = this.#parts
    const ofName = name === undefined ? [] : [`${labels.environment}=${name}`]
    const filters = names.filter(`${labels.kind}=environment`, ...ofName)
    return engine.quick.listContainers({ all: true, filters })
  }

  async #remove(record: ContainerInfo): Promise<void> {
    await settled(this.#parts.engine.quick.getContainer(record.Id).remove({ force: true }))
    await this.#removeVolume(record.Labels[labels.environmentVolume] ?? '')
  }

  /** One that is in use stays until its last instance has gone. */
  async #removeVolume(volume: string): Promise<void> {
    await settled(this.#parts.engine.quick.getVolume(volume).remove())
  }

  async #evict(): Promise<void> {
    const most = this.#parts.options.environmentsMaxBytes ?? defaultMaxBytes
    const all = (await this.list()).sort((a, b) => a.lastUsedAt - b.lastUsedAt)
    let total = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    for (const { inUse, key, sizeBytes } of all) {
      if (total <= most) return
      if (inUse > 0) continue
      await this.discard(key)
      total -= sizeBytes
    }
  }

  /** Everything that can change what is in it; where the inputs cannot be known, the instance stands for them. */
  #keyOf(spec: InstanceSpec): string {
    const { image, facts, options } = this.#parts
    const { inputsSha256 } = spec.environment
    const { url = '', extraUrls = [] } = options.index ?? {}
    const inputs = [
      image,
      facts.python,
      inputsSha256 ?? { bundle: spec.bundle.sha256, instance: spec.id },
      ...(inputsSha256 === '' ? [] : [this.#constraintsOf(spec), url, ...extraUrls]),
    ]
    return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32)
  }

  #constraintsOf({ environment: { constraints } }: InstanceSpec): string {
    const { constraintsPath } = this.#parts.options
    return constraints ?? (constraintsPath ? readFileSync(constraintsPath, 'utf8') : '')
  }
}

/** Those of one instance alone are named by it. */
function isShared({ Labels }: ContainerInfo): boolean {
  return /^[0-9a-f]{32}$/.test(Labels[labels.environment] ?? '')
}

function factsOf({ Labels }: ContainerInfo): Facts {
  return JSON.parse(Labels[labels.facts] ?? '{}') as Facts
}
