import { Buffer } from 'node:buffer'
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
import { isInstanceId, specProblems } from '@wave-store/runtime/driver'
import type { ContainerInfo } from 'dockerode'
import { provideImage } from './app-image.ts'
import { containerLog } from './container-log.ts'
import { DiskWatch } from './disk-watch.ts'
import { answered, type Engine, openEngine } from './engine.ts'
import { Environments } from './environments.ts'
import { EngineEvents } from './events.ts'
import { Instances } from './instances.ts'
import { labels, Names } from './labels.ts'
import { readImageFacts } from './machine.ts'
import { Networks } from './networks.ts'
import { observe, Sightings } from './observe.ts'
import type { DockerRuntimeOptions } from './options.ts'
import type { Starting } from './starting.ts'
import { statsOf } from './stats.ts'

/**
 * Instances as containers of a Docker engine, or of what speaks like one. The engine is the memory: containers, volumes and
 * their labels say everything, so that any number of these objects, also on different machines, see the same.
 *
 * @throws {RuntimeError} `unavailable` when the engine does not answer, or the image of apps cannot be had
 */
export async function createDockerRuntime(options: DockerRuntimeOptions): Promise<Runtime> {
  if (!/^[a-z0-9-]{1,20}$/.test(options.name))
    throw new RuntimeError('unavailable', `${options.name} is no name for a store: 1 to 20 of a-z, 0-9 and -`)
  const engine = openEngine(options.host)
  return await answered(open(engine, options))
}

async function open(engine: Engine, options: DockerRuntimeOptions): Promise<Runtime> {
  const names = new Names(options.name)
  await engine.quick.ping()
  const image = await provideImage(engine, options.image)
  const facts = await readImageFacts(engine, names, image)
  const networks = new Networks({ engine, names, image, options })
  await networks.prepare()
  const disk = new DiskWatch(engine, names, options)
  const environments = new Environments({
    engine,
    names,
    image,
    facts,
    options,
    openForBuilds: () => networks.openForBuilds(),
    volumeSizes: async () => (await disk.measure()).volumes,
  })
  const instances = new Instances({ engine, names, image, facts, options, environments, networks })
  const runtime = new DockerRuntime({
    engine,
    names,
    options,
    environments,
    instances,
    networks,
    disk,
    python: facts.python,
  })
  await environments.removeLeftovers()
  return runtime
}

interface Parts {
  engine: Engine
  names: Names
  options: DockerRuntimeOptions
  environments: Environments
  instances: Instances
  networks: Networks
  disk: DiskWatch
  python: string
}

class DockerRuntime implements Runtime {
  readonly environments: Environments
  readonly #parts: Parts
  readonly #sightings: Sightings
  readonly #events: EngineEvents
  readonly #listeners: (() => void)[] = []

  constructor(parts: Parts) {
    this.#parts = parts
    this.environments = parts.environments
    this.#sightings = new Sightings(parts.engine, parts.names, parts.options)
    const tell = () => {
      for (const listener of this.#listeners) listener()
    }
    parts.instances.onChange = tell
    this.#events = new EngineEvents(parts.engine, parts.names, {
      onEvent: tell,
      // Whatever the machine's firewall was, it may be another one now.
      onReturn: () => parts.networks.doubt(),
    })
  }

  async capabilities(): Promise<Capabilities> {
    const { networks, python } = this.#parts
    return {
      driver: 'docker',
      isolation: networks.isClosed ? 'full' : 'shared',
      advice: networks.advice,
      limits: { memory: true, pids: true, cpu: true, disk: 'measured' },
      images: false,
      gpus: false,
      pythons: [python],
    }
  }

  async start(spec: InstanceSpec): Promise<void> {
    const problems = specProblems(spec)
    if (problems.length > 0) throw new RuntimeError('unsupported', problems.join(' '))
    await answered(this.#parts.instances.start(spec))
  }

  async inspect(): Promise<ObservedInstance[]> {
    return await answered(this.#inspect())
  }

  async stop(id: string, options: StopOptions): Promise<void> {
    if (isInstanceId(id)) await answered(this.#parts.instances.stop(id, options))
  }

  async stats(): Promise<InstanceStats[]> {
    return await answered(this.#stats())
  }

  async *logs(id: string, options: LogOptions = {}): AsyncIterable<Uint8Array> {
    if (isInstanceId(id)) yield* linesOfSource(this.#log(id, options), options)
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#events.end()
    this.#parts.disk.end()
    await this.#parts.instances.end()
  }

  async #inspect(): Promise<ObservedInstance[]> {
    // First what is on its way: a container that has been made by then is in the list that is asked for after it.
    const starting = this.#parts.instances.starting()
    const seen = new Map((await this.#sightings.look(starting)).map((each) => [each.id, each]))
    for (const start of starting) {
      const { id, generation } = start.spec
      const other = seen.get(id)
      if (!other || other.generation < generation) seen.set(id, observe(start))
    }
    return [...seen.values()]
  }

  async #stats(): Promise<InstanceStats[]> {
    const { engine, names, disk } = this.#parts
    const filters = { ...names.filter(`${labels.kind}=instance`), status: ['running'] }
    const running = await engine.quick.listContainers({ filters })
    const all = await Promise.all(running.map((container) => statsOf(engine, container)))
    return all.flatMap((stats) => {
      if (!stats) return []
      const volumeBytes = disk.latest.volumes.get(names.volume(stats.id))
      return [{ ...stats, ...(volumeBytes !== undefined && { volumeBytes }) }]
    })
  }

  async *#log(id: string, options: LogOptions): AsyncIterable<Uint8Array> {
    const { process = 'current', follow = false, signal, onOpen, offset = 0 } = options
    const start = this.#parts.instances.startOf(id)
    const containers = await this.#containersOf(id, start)
    if (process === 'previous') {
      const previous = containers[start ? 0 : 1]
      if (previous) yield* this.#containerLog(previous, options)
      return
    }
    if (!start) {
      if (containers[0]) yield* this.#containerLog(containers[0], { ...options, follow })
      return
    }
    onOpen?.(start.process)
    let position = offset < 0 ? Math.max(0, Buffer.byteLength(start.output) + offset) : offset
    if (!follow) {
      yield Buffer.from(start.output).subarray(position)
      return
    }
    for await (const chunk of start.follow(position, signal)) {
      position += chunk.length
      yield chunk
    }
    const [container] = await this.#containersOf(id)
    if (container?.Labels[labels.process] === start.process)
      yield* containerLog(this.#parts.engine.streams.getContainer(container.Id), {
        offset: position,
        follow,
        ...(signal && { signal }),
      })
  }

  #containerLog(container: ContainerInfo, options: LogOptions): AsyncIterable<Uint8Array> {
    options.onOpen?.(container.Labels[labels.process] ?? container.Id)
    return containerLog(this.#parts.engine.streams.getContainer(container.Id), options)
  }

  /** The newest first, without that of a start which still tells its log itself. */
  async #containersOf(id: string, start?: Starting): Promise<ContainerInfo[]> {
    const containers = await this.#parts.instances.containersOf(id)
    return containers.filter(({ Labels }) => Labels[labels.process] !== start?.process)
  }
}
