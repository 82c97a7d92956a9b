import { mkdirSync } from 'node:fs'
import type { InstanceSpec, InstanceStats, ObservedInstance, StopOptions } from '@wave-store/runtime'
import { stopped, type Verdict } from '@wave-store/runtime/driver'
import { type InstancePaths, instancePaths, type StorePaths } from '../store-paths.ts'
import type { DiskUser } from './disk/disk-watch.ts'
import { placesOf } from './disk/places-of.ts'
import { type InstanceRecord, writeRecord } from './instance-record.ts'
import { type ProcessRow, readProcessTable } from './process-tree.ts'
import { pidsOf, usageOf } from './processes-inside.ts'
import { redact } from './redact.ts'
import { removeTree } from './remove-tree.ts'
import { rotateLogs } from './rotate-logs.ts'
import { Run, type RunParts } from './run.ts'
import type { Uids } from './uids.ts'

interface Held {
  record: InstanceRecord
  paths: InstancePaths
  run: Run | null
  /** Its record could not be written, for lack of room. */
  isUnsaved: boolean
  /** What was asked of the instance is done one after another. */
  turn: Promise<void>
}

const graceForNewerStartMs = 5000
const shutdown: Verdict = { reason: 'lost', message: 'The app ended with the runtime that held it.', code: null }

/** All instances of one store, as the supervisor holds them. */
export class Instances {
  readonly #store: StorePaths
  readonly #parts: RunParts
  readonly #uids: Uids
  readonly #held = new Map<string, Held>()
  /** Called whenever what `inspect` tells has changed. */
  onChange: () => void = () => {}

  constructor(store: StorePaths, parts: RunParts, uids: Uids, records: InstanceRecord[]) {
    this.#store = store
    this.#parts = parts
    this.#uids = uids
    for (const record of records) this.#hold(record)
  }

  get running(): number {
    return [...this.#held.values()].filter(({ record }) => record.phase !== 'exited').length
  }

  inspect(): ObservedInstance[] {
    return [...this.#held.values()].map(({ record: { uid: _, ...observed } }) => observed)
  }

  /** `directoryBytes` knows what a directory of an instance held lately. */
  stats(directoryBytes: (id: string, path: string) => number | undefined): InstanceStats[] {
    let read: ProcessRow[] | undefined
    const table = () => (read ??= readProcessTable())
    return [...this.#held.values()].flatMap(({ run }) => {
      if (!run?.inside) return []
      const { spec, paths } = run.target
      const { id, generation } = spec
      const volumeBytes = spec.volume ? directoryBytes(id, paths.volume) : undefined
      const measured = volumeBytes === undefined ? {} : { volumeBytes }
      return [{ id, generation, ...measured, ...usageOf(run.inside, table) }]
    })
  }

  /** Those that can write to the disk at this moment. */
  diskUsers(): DiskUser[] {
    return [...this.#held.values()].flatMap(({ run }) => {
      if (!run?.inside) return []
      const { spec, paths } = run.target
      const pids = () => (run.inside ? pidsOf(run.inside, readProcessTable) : [])
      return [{ id: spec.id, places: placesOf(spec, paths), pids, end: (verdict) => void run.stop(0, verdict) }]
    })
  }

  /** Writes what could not be written before. */
  saveAgain(): void {
    for (const held of this.#held.values()) if (held.isUnsaved) this.#save(held)
  }

  start(spec: InstanceSpec): void {
    const { id, generation } = spec
    const known = this.#held.get(id)
    if (known && known.record.generation >= generation) return
    const fresh: InstanceRecord = { id, generation, uid: null, phase: 'queued', phaseSince: Date.now() }
    const held = known ?? this.#hold(fresh)
    held.record = { ...fresh, uid: held.record.uid }
    this.#save(held, () => rotateLogs(held.paths))
    void this.#then(held, async () => {
      await held.run?.stop(graceForNewerStartMs, stopped)
      if (held.record.generation === generation) this.#run(held, spec)
    })
  }

  async stop(id: string, { data, graceMs }: StopOptions): Promise<void> {
    const held = this.#held.get(id)
    if (!held) return
    const { generation } = held.record
    // At once, so that a start which waits for packages does not hold up what is asked after it.
    const ending = held.run?.stop(graceMs, stopped)
    await this.#then(held, async () => {
      await ending
      await held.run?.stop(graceMs, stopped)
      if (data === 'delete') await this.#delete(held, generation)
    })
  }

  async stopAll(graceMs: number): Promise<void> {
    await Promise.all([...this.#held.values()].map((held) => held.turn.then(() => held.run?.stop(graceMs, shutdown))))
  }

  #hold(record: InstanceRecord): Held {
    const held = {
      record,
      paths: instancePaths(this.#store, record.id),
      run: null,
      isUnsaved: false,
      turn: Promise.resolve(),
    }
    this.#held.set(record.id, held)
    return held
  }

  #run(held: Held, spec: InstanceSpec): void {
    const { generation } = spec
    held.record = { ...held.record, uid: held.record.uid ?? this.#uids.borrow() }
    this.#save(held)
    const isLatest = () => held.record.generation === generation
    const run = new Run(this.#parts, {
      spec,
      paths: held.paths,
      uid: held.record.uid,
      onEnvironment: (environmentKey) => {
        if (isLatest()) held.record = { ...held.record, environmentKey }
      },
      onProgress: (phase, address) => {
        if (!isLatest() || held.record.phase === phase) return
        held.record = { ...held.record, phase, phaseSince: Date.now(), ...(address ? { address } : {}) }
        this.#save(held)
      },
    })
    held.run = run
    void run.ended.then(({ message, ...verdict }) => {
      held.run = null
      if (!isLatest()) return
      const { id, uid } = held.record
      const at = Date.now()
      held.record = {
        id,
        generation,
        uid,
        phase: 'exited',
        phaseSince: at,
        exit: { ...verdict, message: redact(message, spec.redact ?? []), at },
      }
      this.#save(held)
    })
  }

  async #delete(held: Held, generation: number): Promise<void> {
    held.isUnsaved = false
    await removeTree(held.paths.root)
    this.#uids.giveBack(held.record.uid)
    held.record = { ...held.record, uid: null }
    // A newer start may have been asked for in the meantime; it begins with nothing, as after this.
    if (held.record.generation === generation) this.#held.delete(held.record.id)
    this.onChange()
  }

  /** A full disk must not end the supervisor: what is written is only needed after its own end. */
  #save(held: Held, more = () => {}): void {
    try {
      mkdirSync(held.paths.root, { recursive: true, mode: 0o711 })
      writeRecord(held.paths, held.record)
      more()
      held.isUnsaved = false
    } catch (error) {
      held.isUnsaved = true
      console.error(`The record of ${held.record.id} is not saved: ${(error as Error).message}`)
    }
    this.onChange()
  }

  #then(held: Held, step: () => Promise<void>): Promise<void> {
    const done = held.turn.then(step)
    held.turn = done.catch((error: unknown) => console.error(error))
    return done
  }
}
