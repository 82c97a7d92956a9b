import path from 'node:path'
import type { Duplex } from 'node:stream'
import { type Exit, type InstanceSpec, RuntimeError, type StopOptions } from '@wave-store/runtime'
import {
  doorInside,
  type ImageFacts,
  launcherSpecInImage,
  osPackageFailure,
  ownPorts,
  type StartFailure,
  troubleVerdict,
  type Verdict,
} from '@wave-store/runtime/driver'
import type { ContainerInfo } from 'dockerode'
import { doorOf, instanceContainer, ownDirectories, type ResourcesMount } from './containers.ts'
import { type Engine, settled, statusOf } from './engine.ts'
import type { Environments } from './environments.ts'
import { layFiles, startWith } from './feed.ts'
import { labels, markOf, type Names } from './labels.ts'
import type { Networks } from './networks.ts'
import type { DockerRuntimeOptions } from './options.ts'
import { Starting } from './starting.ts'

interface InstanceParts {
  engine: Engine
  names: Names
  image: string
  facts: ImageFacts
  options: DockerRuntimeOptions
  environments: Environments
  networks: Networks
}

const graceForNewerStartMs = 5000
const remedy = 'An operator can take a base image that has it (WAVE_STORE_DOCKER_BASE_IMAGE).'

/** Starts and ends instances. What is on its way to a container is held here, and asked for again where that is lost. */
export class Instances {
  readonly #parts: InstanceParts
  readonly #starts = new Map<string, Starting>()
  /** Of events, from containers that this object has started. */
  readonly #streams = new Set<Duplex>()
  onChange: () => void = () => {}

  constructor(parts: InstanceParts) {
    this.#parts = parts
  }

  starting(): Starting[] {
    return [...this.#starts.values()]
  }

  /** The start of it that is on its way. */
  startOf(id: string): Starting | undefined {
    return this.#starts.get(id)
  }

  /** The newest first. */
  async containersOf(id: string): Promise<ContainerInfo[]> {
    const { engine, names } = this.#parts
    const filters = names.filter(`${labels.kind}=instance`, `${labels.instance}=${id}`)
    const all = await engine.quick.listContainers({ all: true, filters })
    return all.sort((a, b) => generationOf(b) - generationOf(a))
  }

  async start(spec: InstanceSpec): Promise<void> {
    const { id, generation } = spec
    const isKnown = () => (this.#starts.get(id)?.spec.generation ?? 0) >= generation
    if (isKnown()) return
    const [newest] = await this.containersOf(id)
    if (isKnown() || (newest && generationOf(newest) >= generation)) return
    const earlier = this.#starts.get(id)
    const start = new Starting(spec, () => this.onChange())
    this.#starts.set(id, start)
    start.done = this.#run(start, earlier)
  }

  async stop(id: string, { data, graceMs }: StopOptions): Promise<void> {
    const start = this.#starts.get(id)
    start?.abort()
    await start?.done
    const containers = await this.containersOf(id)
    await Promise.all(containers.map((container) => this.#end(container, graceMs)))
    if (data === 'keep') return
    await this.#delete(id, containers)
    if (this.#starts.get(id) === start) this.#starts.delete(id)
    this.onChange()
  }

  /** Lets what is on its way go on to where the engine knows of it; what would take long is given up, to be asked for again. */
  async end(): Promise<void> {
    const starts = this.starting()
    for (const start of starts) if (start.isBuilding) start.abort()
    await Promise.all(starts.map(({ done }) => done))
    for (const stream of this.#streams) stream.destroy()
  }

  async #run(start: Starting, earlier: Starting | undefined): Promise<void> {
    const { signal, spec } = start
    try {
      earlier?.abort()
      await earlier?.done
      const built = await this.#environmentOf(start)
      start.isBuilding = false
      await this.#endEarlier(spec)
      signal.throwIfAborted()
      await this.#launch(start, built)
      start.end()
      // The engine tells the rest.
      if (this.#starts.get(spec.id) === start) this.#starts.delete(spec.id)
      this.onChange()
    } catch (error) {
      start.end(exitOf(error, signal))
    }
  }

  async #environmentOf(start: Starting): Promise<{ resources: ResourcesMount } | { failure: StartFailure }> {
    const { spec, signal } = start
    const missing = osPackageFailure(spec, this.#parts.facts, remedy)
    if (missing) return { failure: missing }
    const built = await this.#parts.environments.acquire(spec, start, signal)
    if ('resources' in built) return built
    const { reason, message } = built.failure
    return { failure: { reason: reason as Verdict['reason'], message } }
  }

  async #launch(start: Starting, built: { resources: ResourcesMount } | { failure: StartFailure }): Promise<void> {
    const { engine, names, image, networks, options } = this.#parts
    const { spec, process } = start
    await networks.ensure()
    const size = spec.volume && { [labels.size]: String(spec.volume.sizeBytes) }
    if (size)
      await engine.quick.createVolume({
        Name: names.volume(spec.id),
        Labels: names.labels('instance', { [labels.instance]: spec.id, ...size }),
      })
    const resources = 'resources' in built ? built.resources : null
    const failure = 'failure' in built ? built.failure : null
    const container = await engine.quick.createContainer(
      instanceContainer({ names, image, options, spec, process, resources, failure }),
    )
    try {
      await layFiles(container, { bundlePath: spec.bundle.path, directories: ownDirectories(spec) })
      start.signal.throwIfAborted()
      const stream = await startWith(engine.streams.getContainer(container.id), {
        ...this.#launcherSpec(spec),
        log: start.output,
        ...(failure && { failure }),
      })
      this.#listen(stream)
    } catch (error) {
      await settled(container.remove({ force: true, v: true }))
      throw error
    }
  }

  /** Its events are hints here: they are read from the engine, which has them also for those who come later. */
  #listen(stream: Duplex): void {
    this.#streams.add(stream)
    stream.on('data', () => this.onChange())
    stream.on('close', () => this.#streams.delete(stream))
    stream.on('close', () => this.onChange())
  }

  #launcherSpec(spec: InstanceSpec): Record<string, unknown> {
    const door = doorOf(this.#parts.options, spec)
    const own = launcherSpecInImage(spec, ownPorts(spec.entry, door?.port))
    const socket = door && path.join(doorInside, path.basename(door.socket))
    return { ...own, ...(door && { storeRelay: { port: door.port, socket } }) }
  }

  async #endEarlier(spec: InstanceSpec): Promise<void> {
    const [previous, ...older] = await this.containersOf(spec.id)
    if (previous) await this.#end(previous, graceForNewerStartMs)
    await Promise.all(older.map((container) => this.#remove(container)))
  }

  /** Why it ends is written before it does, so that whoever sees it ended sees why. */
  async #end(container: ContainerInfo, graceMs: number): Promise<void> {
    if (container.State !== 'running' && container.State !== 'paused') return
    const { engine, names } = this.#parts
    const own = engine.streams.getContainer(container.Id)
    if (!markOf(container.Names)) {
      const name = names.instance(container.Labels[labels.instance] ?? '', generationOf(container), 'stopped')
      await settled(own.rename({ name }))
    }
    await settled(own.stop({ t: Math.ceil(graceMs / 1000) }))
    this.onChange()
  }

  async #delete(id: string, containers: ContainerInfo[]): Promise<void> {
    const { engine, environments, names } = this.#parts
    await Promise.all(containers.map((container) => this.#remove(container)))
    await settled(engine.quick.getVolume(names.volume(id)).remove())
    await environments.removeOf(id)
  }

  async #remove({ Id }: ContainerInfo): Promise<void> {
    await settled(this.#parts.engine.quick.getContainer(Id).remove({ force: true, v: true }))
  }
}

function generationOf({ Labels }: ContainerInfo): number {
  return Number(Labels[labels.generation])
}

/** Why a start came to no container. */
function exitOf(error: unknown, signal: AbortSignal): Exit {
  const at = Date.now()
  if (signal.aborted) return { reason: 'stopped', message: 'Stopped on request.', code: null, at }
  if (statusOf(error) === undefined && !isOurs(error))
    return { reason: 'lost', message: `The Docker engine went away: ${(error as Error).message}.`, code: null, at }
  const isFull = /no space left/i.test((error as Error).message)
  const verdict = isFull ? troubleVerdict({ code: 'ENOSPC', message: '' }) : troubleVerdict(error)
  return { ...verdict, at }
}

/** Of this machine's files rather than of the engine. */
function isOurs(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException
  return error instanceof RuntimeError || code === 'ENOENT' || (code !== undefined && syscall === 'open')
}
