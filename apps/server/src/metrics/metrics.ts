import { setTimeout as pause } from 'node:timers/promises'
import { metricHours, type Usage } from '@wave-store/contract'
import type { Clock } from '../clock.ts'
import type { AppContext } from '../context.ts'
import type { Lease } from '../servers/lease.ts'
import { Meter } from './meter.ts'
import type { MetricsRepository, Sample } from './repository.ts'

export interface MetricsParts extends Pick<AppContext, 'activity' | 'logger' | 'runtime'> {
  clock: Clock
  lease: Lease
  samples: MetricsRepository
  /** Milliseconds of a clock that never jumps. */
  monotonic?: () => number
}

export const intervalMs = 60_000
const readingsPerInterval = 4
const historyLength = 60
const hourMs = 60 * 60_000

/** Measures every running instance, four times a minute, and keeps a sample a minute for a day. */
export class Metrics implements AsyncDisposable {
  readonly #parts: MetricsParts
  readonly #meters = new Map<string, Meter>()
  /** CPU of the last hour's minutes, oldest first. */
  readonly #histories = new Map<string, { at: number; cpuMillis: number }[]>()
  readonly #end = new AbortController()
  #loop: Promise<void> | undefined

  constructor(parts: MetricsParts) {
    this.#parts = parts
  }

  run(): void {
    this.#loop ??= this.#rounds()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort()
    await this.#loop
  }

  /** Null for an instance that does not run, or was not measured yet. */
  usageOf(instanceId: string): Usage | null {
    const meter = this.#meters.get(instanceId)
    if (!meter) return null
    const { cpuMillis, memoryBytes } = meter.current
    return { cpuMillis, memoryBytes, cpuHistory: (this.#histories.get(instanceId) ?? []).map((one) => one.cpuMillis) }
  }

  /** Bytes in use on its volume, as last seen. */
  volumeOf(instanceId: string): number | null {
    return this.#meters.get(instanceId)?.current.volumeBytes ?? null
  }

  /** What all use now. */
  total(): { cpuMillis: number; memoryBytes: number } {
    let [cpuMillis, memoryBytes] = [0, 0]
    for (const { current } of this.#meters.values()) {
      cpuMillis += current.cpuMillis
      memoryBytes += current.memoryBytes
    }
    return { cpuMillis, memoryBytes }
  }

  /** Takes over what an earlier server has measured of the last hour. */
  async load(): Promise<void> {
    const since = this.#parts.clock.now() - hourMs
    this.#remember(await this.#parts.samples.all(since))
  }

  /** Reads the counters of every running instance. */
  async read(): Promise<void> {
    const { activity, runtime, monotonic = () => performance.now() } = this.#parts
    const stats = await runtime.stats()
    const now = monotonic()
    const running = new Set(stats.map(({ id }) => id))
    for (const id of this.#meters.keys()) if (!running.has(id)) this.#meters.delete(id)
    for (const each of stats) {
      const meter = this.#meters.get(each.id) ?? new Meter()
      this.#meters.set(each.id, meter)
      meter.read({ stats: each, activity: activity.totals(each.id) }, now)
    }
  }

  /** Keeps a sample of every running instance, and begins the next interval. */
  async keep(): Promise<void> {
    const { clock, lease, samples } = this.#parts
    const now = clock.now()
    const at = now - (now % intervalMs)
    const taken = [...this.#meters].map(([instanceId, meter]): Sample => ({ instanceId, at, ...meter.take() }))
    this.#remember(taken)
    // Every server measures, for those who ask it; one writes it down.
    if (!lease.isHeld) return
    await samples.add(taken)
    await samples.forgetBefore(now - metricHours * hourMs)
  }

  #remember(samples: Sample[]): void {
    const since = this.#parts.clock.now() - hourMs
    for (const { instanceId, at, cpuMillis } of samples)
      this.#histories.set(instanceId, [...(this.#histories.get(instanceId) ?? []), { at, cpuMillis }])
    for (const [instanceId, history] of this.#histories) {
      const recent = history.filter(({ at }) => at > since).slice(-historyLength)
      if (recent.length > 0) this.#histories.set(instanceId, recent)
      else this.#histories.delete(instanceId)
    }
  }

  async #rounds(): Promise<void> {
    const { signal } = this.#end
    const attempt = (work: Promise<void>) =>
      work.catch((cause: unknown) => this.#parts.logger.warn({ err: cause }, 'Instances could not be measured'))
    await attempt(this.load())
    for (let round = 1; !signal.aborted; round += 1) {
      await attempt(this.read())
      if (round % readingsPerInterval === 0) await attempt(this.keep())
      await pause(intervalMs / readingsPerInterval, undefined, { signal }).catch(() => undefined)
    }
  }
}
