import type { Exit, ObservedInstance } from '@wave-store/runtime'
import { exitVerdict, type StartFailure, stopped, type Verdict } from '@wave-store/runtime/driver'
import type { ContainerInfo } from 'dockerode'
import { type Engine, orNull } from './engine.ts'
import { labels, markOf, type Names } from './labels.ts'
import { readEvents, type Told } from './launcher-events.ts'
import type { DockerRuntimeOptions } from './options.ts'
import type { Starting } from './starting.ts'

/** What the launcher ends with when nobody gave it a spec: the server went away between the two. */
const noSpec = 2
/** What the engine says of a process that it has lost sight of. */
const lostSight = 255

const diskFull: Verdict = { reason: 'disk_full', message: 'The app has written more than it may.', code: null }
const lost: Verdict = {
  reason: 'lost',
  message: 'The app ended with the engine or the machine that ran it.',
  code: null,
}

export function observe({ spec, phase, phaseSince, exit }: Starting): ObservedInstance {
  const { id, generation } = spec
  return exit ? { id, generation, phase: 'exited', phaseSince: exit.at, exit } : { id, generation, phase, phaseSince }
}

/** Looks at the containers; what can change no more is looked at once. */
export class Sightings {
  readonly #engine: Engine
  readonly #names: Names
  readonly #options: DockerRuntimeOptions
  /** By id of the container. */
  readonly #exits = new Map<string, Exit>()
  readonly #running = new Map<string, number>()

  constructor(engine: Engine, names: Names, options: DockerRuntimeOptions) {
    this.#engine = engine
    this.#names = names
    this.#options = options
  }

  /** @param starting whose containers are still being made */
  async look(starting: readonly Starting[]): Promise<ObservedInstance[]> {
    // As it is before the engine is asked: what it tells may be older than what happens meanwhile.
    const unmade = new Set(starting.filter(({ isOver }) => !isOver).map(({ process }) => process))
    const filters = this.#names.filter(`${labels.kind}=instance`)
    const all = await this.#engine.quick.listContainers({ all: true, filters })
    const newest = new Map<string, ContainerInfo>()
    for (const container of all) {
      const id = container.Labels[labels.instance] ?? ''
      const other = newest.get(id)
      if (unmade.has(container.Labels[labels.process] ?? '') && container.State !== 'running') continue
      if (!other || generationOf(other) < generationOf(container)) newest.set(id, container)
    }
    this.#forget(new Set(all.map(({ Id }) => Id)))
    const seen = await Promise.all([...newest.values()].map((container) => this.#observe(container)))
    return seen.filter((each) => each !== null)
  }

  async #observe(container: ContainerInfo): Promise<ObservedInstance | null> {
    const { Labels, State: state } = container
    const { [labels.environment]: environmentKey, [labels.instance]: id = '' } = Labels
    const facts = { id, generation: generationOf(container), ...(environmentKey && { environmentKey }) }
    if (state === 'running' || state === 'paused') return await this.#observeRunning(container, facts)
    const exit = await this.#exitOf(container)
    return exit && { ...facts, phase: 'exited', phaseSince: exit.at, exit }
  }

  async #observeRunning(container: ContainerInfo, facts: Pick<ObservedInstance, 'id' | 'generation'>) {
    const address = addressOf(container, this.#names.network('apps'), this.#options)
    const since = this.#running.get(container.Id)
    if (since !== undefined) return { ...facts, phase: 'running' as const, phaseSince: since, address }
    const told = await orNull(readEvents(this.#engine.quick.getContainer(container.Id)))
    if (!told) return null
    const { phase, at } = latestOf(told, container)
    if (phase === 'running') this.#running.set(container.Id, at)
    return { ...facts, phase, phaseSince: at, ...(phase !== 'sourcing' && { address }) }
  }

  async #exitOf({ Id, Labels, Created, State, Names: names }: ContainerInfo): Promise<Exit | null> {
    const known = this.#exits.get(Id)
    if (known) return known
    // Made, and never started by whoever made it.
    if (State === 'created') return { ...lost, at: Created * 1000 }
    const container = this.#engine.quick.getContainer(Id)
    const [details, told] = await Promise.all([orNull(container.inspect()), orNull(readEvents(container))])
    if (!details || !told) return null
    const { ExitCode: code, FinishedAt: finishedAt, OOMKilled: outOfMemory } = details.State
    const mark = markOf(names)
    const verdict = exitVerdict({
      stop: mark === 'stopped' ? stopped : mark === 'disk-full' ? diskFull : neverStarted(Labels[labels.failure]),
      outOfMemory,
      memoryBytes: Number(Labels[labels.memory]),
      claim: told.last,
      end: { code, signal: null },
    })
    const isKnown = labels.failure in Labels
    const exit = { ...(!isKnown && isLost(told, code, verdict) ? lost : verdict), at: Date.parse(finishedAt) }
    this.#exits.set(Id, exit)
    return exit
  }

  #forget(there: ReadonlySet<string>): void {
    for (const known of [this.#exits, this.#running])
      for (const id of known.keys()) if (!there.has(id)) known.delete(id)
  }
}

function neverStarted(failure: string | undefined): Verdict | null {
  return failure === undefined ? null : { ...(JSON.parse(failure) as StartFailure), code: null }
}

function generationOf({ Labels }: ContainerInfo): number {
  return Number(Labels[labels.generation])
}

/** Nobody asked for it, and the app is not to blame: the engine was stopped, or the machine, or the server in the midst of a start. */
function isLost({ phases, last }: Told, code: number, { reason }: Verdict): boolean {
  if (reason === 'stopped' || reason === 'disk_full' || reason === 'out_of_memory') return false
  const claim = (last as { event?: unknown; reason?: unknown } | undefined) ?? {}
  if (claim.event === 'failed') return claim.reason === 'stopped'
  return code === lostSight || (code === noSpec && phases.length === 0)
}

/** Where the log has grown so long that its beginning is gone, only an app that runs can have written it. */
function latestOf(
  { phases }: Told,
  { Created, Status }: ContainerInfo,
): { phase: 'sourcing' | 'starting' | 'running'; at: number } {
  const latest = phases.at(-1)
  if (latest) return latest
  const isYoung = /second|Less than/.test(Status)
  return { phase: isYoung ? 'sourcing' : 'running', at: Created * 1000 }
}

function addressOf(container: ContainerInfo, network: string, { addresses }: DockerRuntimeOptions) {
  const port = Number(container.Labels[labels.port])
  if (addresses === 'published') {
    const published = container.Ports.find(({ PrivatePort, PublicPort }) => PrivatePort === port && PublicPort)
    return { host: '127.0.0.1', port: published?.PublicPort ?? 0 }
  }
  return { host: container.NetworkSettings.Networks[network]?.IPAddress ?? '', port }
}
