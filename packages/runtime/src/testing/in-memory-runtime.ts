import { linesOfSource } from '../log-source.ts'
import {
  type Capabilities,
  type Exit,
  type InstanceSpec,
  type InstanceStats,
  type LogOptions,
  type ObservedInstance,
  type Phase,
  type Runtime,
  RuntimeError,
  type StopOptions,
} from '../runtime.ts'
import { InMemoryEnvironments } from './in-memory-environments.ts'
import { RecordedOutput } from './recorded-output.ts'

export interface InMemoryRuntimeOptions {
  capabilities?: Partial<Capabilities>
  /** Epoch milliseconds. */
  now?: () => number
  /** Where the app of a started instance is said to be reached; a test that proxies puts its own server here. */
  address?: (spec: InstanceSpec) => { host: string; port: number }
  /** What an instance does as soon as it is started; by default it is `running` at once. */
  behaviour?: (spec: InstanceSpec, facts: { startsOnVolume: number }) => Behaviour
}

/** `exit` wins over `phase`. */
export interface Behaviour {
  phase?: Exclude<Phase, 'exited'>
  exit?: Omit<Exit, 'at'>
  output?: string
}

interface Held {
  spec: InstanceSpec
  phase: Phase
  phaseSince: number
  waiting?: string
  exit?: Exit
  output: RecordedOutput
  previousOutput: RecordedOutput
}

interface Engine {
  instances: Map<string, Held>
  startsOnVolume: Map<string, number>
  listeners: (() => void)[]
}

/**
 * A runtime without processes, for tests. Passes the conformance suite; a test moves instances with `setPhase`,
 * `exit`, `print` and `forget`, and makes calls fail with `failNext`.
 */
export class InMemoryRuntime implements Runtime {
  readonly #options: InMemoryRuntimeOptions
  readonly #engine: Engine
  readonly #failures = new Map<string, Error>()
  readonly #stats = new Map<string, Partial<InstanceStats>>()
  readonly #environmentKeys = new Map<string, string>()
  readonly environments = new InMemoryEnvironments()

  constructor(options: InMemoryRuntimeOptions = {}, engine?: Engine) {
    this.#options = options
    this.#engine = engine ?? { instances: new Map(), startsOnVolume: new Map(), listeners: [] }
  }

  /** Another object over the same instances, as a restarted server would make. */
  reopen(): InMemoryRuntime {
    return new InMemoryRuntime(this.#options, this.#engine)
  }

  async capabilities(): Promise<Capabilities> {
    return {
      driver: 'memory',
      isolation: 'full',
      advice: '',
      limits: { memory: true, pids: true, cpu: true, disk: 'quota' },
      images: false,
      gpus: false,
      pythons: ['3.11'],
      ...this.#options.capabilities,
    }
  }

  async start(spec: InstanceSpec): Promise<void> {
    this.#failIfAsked('start')
    const earlier = this.#engine.instances.get(spec.id)
    if (earlier && earlier.spec.generation >= spec.generation) return
    if (earlier) this.#end(earlier, { reason: 'stopped', message: 'Ended by a newer start.', code: null })

    const startsOnVolume = (this.#engine.startsOnVolume.get(spec.id) ?? 0) + (spec.volume ? 1 : 0)
    this.#engine.startsOnVolume.set(spec.id, startsOnVolume)
    const held: Held = {
      spec: structuredClone(spec),
      phase: 'queued',
      phaseSince: this.#now(),
      output: new RecordedOutput(),
      previousOutput: earlier?.output ?? new RecordedOutput(),
    }
    this.#engine.instances.set(spec.id, held)
    const behaviour = this.#options.behaviour?.(spec, { startsOnVolume }) ?? { phase: 'running' }
    if (behaviour.output) this.print(spec.id, behaviour.output)
    if (behaviour.exit) this.exit(spec.id, behaviour.exit)
    else if (behaviour.phase) this.setPhase(spec.id, behaviour.phase)
  }

  async inspect(): Promise<ObservedInstance[]> {
    this.#failIfAsked('inspect')
    return [...this.#engine.instances.values()].map((held) => ({
      id: held.spec.id,
      generation: held.spec.generation,
      phase: held.phase,
      phaseSince: held.phaseSince,
      ...(held.waiting !== undefined && { waiting: held.waiting }),
      ...(this.#environmentKeys.has(held.spec.id) && { environmentKey: this.#environmentKeys.get(held.spec.id)! }),
      ...(held.phase === 'starting' || held.phase === 'running' ? { address: this.#address(held.spec) } : {}),
      ...(held.exit ? { exit: held.exit } : {}),
    }))
  }

  async stop(id: string, options: StopOptions): Promise<void> {
    this.#failIfAsked('stop')
    const held = this.#engine.instances.get(id)
    if (held) this.#end(held, { reason: 'stopped', message: 'Stopped on request.', code: null })
    if (options.data === 'keep') return
    this.#engine.instances.delete(id)
    this.#engine.startsOnVolume.delete(id)
    this.#tell()
  }

  async stats(): Promise<InstanceStats[]> {
    this.#failIfAsked('stats')
    return [...this.#engine.instances.values()]
      .filter((held) => held.phase === 'starting' || held.phase === 'running')
      .map(({ spec: { id, generation } }) => ({
        id,
        generation,
        cpuMs: 0,
        memoryBytes: 0,
        processes: 1,
        ...this.#stats.get(id),
      }))
  }

  /** What `stats` says of an instance from then on. */
  setStats(id: string, stats: Partial<InstanceStats>): void {
    this.#stats.set(id, stats)
  }

  /** Which of `environments` an instance is said to run in. */
  setEnvironmentKey(id: string, key: string): void {
    this.#environmentKeys.set(id, key)
  }

  async *logs(id: string, options: LogOptions = {}): AsyncIterable<Uint8Array> {
    const held = this.#engine.instances.get(id)
    if (!held) return
    const output = options.process === 'previous' ? held.previousOutput : held.output
    yield* linesOfSource(output.read(options), options)
  }

  onChange(listener: () => void): void {
    this.#engine.listeners.push(listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  /** The spec that the latest start of `id` was given. */
  specOf(id: string): InstanceSpec | undefined {
    return this.#engine.instances.get(id)?.spec
  }

  setPhase(id: string, phase: Exclude<Phase, 'exited'>): void {
    const held = this.#held(id)
    if (held.phase === phase) return
    Object.assign(held, { phase, phaseSince: this.#now(), waiting: undefined })
    this.#tell()
  }

  /** As where a cluster has no place for it. */
  keepWaiting(id: string, waiting: string): void {
    Object.assign(this.#held(id), { waiting })
    this.#tell()
  }

  exit(id: string, exit: Omit<Exit, 'at'>): void {
    this.#end(this.#held(id), exit)
  }

  print(id: string, text: string): void {
    this.#held(id).output.write(text)
  }

  /** The engine loses all memory of the instance, as after a reinstalled machine. */
  forget(id: string): void {
    this.#engine.instances.delete(id)
    this.#tell()
  }

  /** The next call of `method` on this object rejects with `error`. */
  failNext(
    method: 'start' | 'inspect' | 'stop',
    error: Error = new RuntimeError('unavailable', 'The runtime is away.'),
  ) {
    this.#failures.set(method, error)
  }

  #failIfAsked(method: string): void {
    const error = this.#failures.get(method)
    this.#failures.delete(method)
    if (error) throw error
  }

  #held(id: string): Held {
    const held = this.#engine.instances.get(id)
    if (!held) throw new Error(`No instance ${id} in this runtime; start it first.`)
    return held
  }

  #end(held: Held, exit: Omit<Exit, 'at'>): void {
    if (held.phase === 'exited') return
    const at = this.#now()
    Object.assign(held, { phase: 'exited', phaseSince: at, exit: { ...exit, at } })
    held.output.end()
    this.#tell()
  }

  #tell(): void {
    for (const tell of this.#engine.listeners) tell()
  }

  #address(spec: InstanceSpec) {
    return this.#options.address?.(spec) ?? { host: '127.0.0.1', port: 9 }
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now()
  }
}
