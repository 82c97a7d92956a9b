import { type Engine, settled } from './engine.ts'
import { labels, type Names } from './labels.ts'
import type { DockerRuntimeOptions } from './options.ts'

/** Bytes by name of the volume, and by id of the container what it has written beside its volumes. */
export interface Measured {
  volumes: Map<string, number>
  containers: Map<string, number>
}

interface DiskUsage {
  Volumes?: { Name: string; Labels?: Record<string, string> | null; UsageData?: { Size: number } | null }[] | null
  Containers?: { Id: string; State: string; SizeRw?: number; Labels?: Record<string, string> | null }[] | null
}

const defaultIntervalMs = 60_000
const defaultScratchMaxBytes = 10 * 1024 ** 3

/** Ends instances that have written more than they may: the engine itself has no limit on volumes. */
export class DiskWatch {
  readonly #engine: Engine
  readonly #names: Names
  readonly #options: DockerRuntimeOptions
  readonly #timer: NodeJS.Timeout
  #underWay: Promise<Measured> | undefined
  latest: Measured = { volumes: new Map(), containers: new Map() }

  constructor(engine: Engine, names: Names, options: DockerRuntimeOptions) {
    this.#engine = engine
    this.#names = names
    this.#options = options
    // The next look begins when the one before is done: with many volumes one takes its time.
    this.#timer = setInterval(() => void this.measure().catch(() => {}), options.measureIntervalMs ?? defaultIntervalMs)
    this.#timer.unref()
  }

  end(): void {
    clearInterval(this.#timer)
  }

  /** Looks now, and ends whoever has written too much. */
  async measure(): Promise<Measured> {
    this.#underWay ??= this.#measure().finally(() => {
      this.#underWay = undefined
    })
    return await this.#underWay
  }

  async #measure(): Promise<Measured> {
    const usage = (await this.#engine.streams.df()) as DiskUsage
    const isOurs = (of: Record<string, string> | null | undefined) => of?.[labels.store] === this.#names.store
    const volumes = (usage.Volumes ?? []).filter(({ Labels }) => isOurs(Labels))
    const containers = (usage.Containers ?? []).filter(
      ({ Labels, State }) => isOurs(Labels) && Labels?.[labels.kind] === 'instance' && State === 'running',
    )
    this.latest = {
      volumes: new Map(volumes.map(({ Name, UsageData }) => [Name, Math.max(0, UsageData?.Size ?? 0)])),
      containers: new Map(containers.map(({ Id, SizeRw }) => [Id, SizeRw ?? 0])),
    }
    const full = new Set(
      volumes
        .filter(({ Name, Labels }) => (this.latest.volumes.get(Name) ?? 0) > Number(Labels?.[labels.size] ?? Infinity))
        .map(({ Labels }) => Labels?.[labels.instance]),
    )
    const most = this.#options.scratchMaxBytes ?? defaultScratchMaxBytes
    for (const { Id, Labels, SizeRw } of containers)
      if (full.has(Labels?.[labels.instance]) || (SizeRw ?? 0) > most) await this.#end(Id, Labels ?? {})
    return this.latest
  }

  async #end(containerId: string, of: Record<string, string>): Promise<void> {
    const container = this.#engine.quick.getContainer(containerId)
    const name = this.#names.instance(of[labels.instance] ?? '', Number(of[labels.generation]), 'disk-full')
    await settled(container.rename({ name }))
    await settled(container.stop({ t: 0 }))
  }
}
