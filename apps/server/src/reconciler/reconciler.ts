import type { QueuePlace } from '@wave-store/contract'
import type { ObservedInstance } from '@wave-store/runtime'
import type { InstanceChanges } from '../instances/instance-changes.ts'
import type { InstanceState } from '../instances/sighting-repository.ts'
import type { IdleWatch } from './idle-watch.ts'
import { lineUp } from './line-up.ts'
import { impossibleReservation, memoryCapacityOf } from './memory-capacity.ts'
import { plan, type Step } from './plan.ts'
import { Probes } from './probes.ts'
import { type StepParts, Steps } from './steps.ts'

export interface ReconcilerParts extends StepParts {
  changes: InstanceChanges
  idle: IdleWatch
}

/** Between two looks at everything when nothing is on its way. */
const idleIntervalMs = 1000
/** Between two looks while something is: of the time since something last happened, so that waiting for long costs little. */
const busyShare = 0.05
/** The runtime's hints come sooner; this is for what they miss, and for an app whose first answer is late. */
const busyIntervalMs = 100
/** Of a look that is followed by the next one at once; after a longer one there is a gap. */
const briefMs = 5
const longestGapMs = 50
/** Until an instance gets another step after one that failed. */
const retryMs = 1000

interface Underway {
  kind: Step['kind']
  done: Promise<void>
}

/** One look at everything. */
interface Sight {
  states: InstanceState[]
  seen: ReadonlyMap<string, ObservedInstance>
}

/**
 * Brings what is seen towards what is wanted, one step an instance at a time, for ever. Looking again is what makes it
 * right; a wake only makes it soon.
 */
export class Reconciler implements AsyncDisposable {
  readonly #parts: ReconcilerParts
  readonly #steps: Steps
  readonly #probes: Probes
  readonly #capacity: number
  /** Instances with a step under way. */
  readonly #busy = new Map<string, Underway>()
  /** Those among them that were passed over by a look: another one is due when their step has ended. */
  readonly #missed = new Set<string>()
  readonly #end = Promise.withResolvers<void>()
  #places: ReadonlyMap<string, QueuePlace> = new Map()
  #stopped = false
  #wake: () => void = () => {}
  /** By the steady clock: when something last happened, and when running instances were looked after. */
  #stirredAt = 0
  #caredAt = Number.NEGATIVE_INFINITY
  /** Of the lease, in which the latest look was. */
  #term = 0
  #loop: Promise<void> | undefined

  constructor(parts: ReconcilerParts) {
    this.#parts = parts
    this.#steps = new Steps(parts)
    this.#capacity = memoryCapacityOf(parts.config)
    const { activity, clock, config, logger, sightings } = parts
    const { probeIntervalMs: intervalMs } = config.instances
    const basePathOf = (id: string) => this.#steps.basePathOf(id)
    this.#probes = new Probes({ activity, clock, logger, sightings, basePathOf, intervalMs })
  }

  run(): void {
    if (!this.#loop) this.#parts.runtime.onChange?.(() => this.wake())
    this.#loop ??= this.#rounds()
  }

  /** A hint that something changed. */
  wake(): void {
    this.#stirredAt = this.#parts.clock.steady()
    this.#wake()
  }

  /** Where an instance stands that waits for its start; null: it does not wait. */
  placeOf({ id, queueJson }: { id: string; queueJson: string | null }): QueuePlace | null {
    // Which of several servers knows is none of the reader's business.
    if (this.#parts.lease.isShared) return JSON.parse(queueJson ?? 'null') as QueuePlace | null
    return this.#places.get(id) ?? null
  }

  /** Lets the steps under way end and begins no other. Instances go on without us. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true
    this.#end.resolve()
    this.#wake()
    await this.#loop
    await Promise.all([...this.#busy.values()].map(({ done }) => done))
    await this.#probes.end()
    if (this.#parts.lease.isHeld) await this.#parts.idle.save()
  }

  async #rounds(): Promise<void> {
    while (!this.#stopped) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      const begunAt = this.#parts.clock.steady()
      let outcome: 'done' | 'failed' = 'done'
      const pauseMs = await this.#round().catch((cause: unknown) => {
        outcome = 'failed'
        this.#parts.logger.error({ err: cause }, 'A round of the reconciler failed; the next one tries again')
        return idleIntervalMs
      })
      // Many hints at once, as of many launches, are one reason to look: half of the time at most goes into looking.
      const tookMs = this.#parts.clock.steady() - begunAt
      this.#parts.monitor.roundTook(tookMs, outcome)
      if (tookMs > briefMs) await until(this.#end.promise, Math.min(tookMs, longestGapMs))
      await until(woken, pauseMs)
    }
  }

  /** One look at everything; tells how long the next one may wait. */
  async #round(): Promise<number> {
    const { clock, lease, runtime, sightings } = this.#parts
    if (!lease.isHeld) return idleIntervalMs
    const { term } = lease
    // What is read of these now is out of date when their step has ended.
    const underWay = new Map(this.#busy)
    for (const id of underWay.keys()) this.#missed.add(id)
    const states = await sightings.states()
    const sight = { states, seen: new Map((await runtime.inspect()).map((seen) => [seen.id, seen])) }
    if (this.#term !== term) {
      await this.#refreshReservations(sight)
      this.#places = new Map()
      if (lease.isShared) await sightings.recordPlaces(null)
      this.#term = term
      return 0
    }
    const now = clock.now()
    const waiting: InstanceState[] = []
    for (const state of states) {
      if (underWay.get(state.id)?.kind === 'again') waiting.push(state)
      if (underWay.has(state.id)) continue
      const seen = sight.seen.get(state.id)
      const step = plan({ ...state, hasFailure: state.hasFailure > 0 }, seen, now, this.#parts.config.instances)
      // What comes back by itself has its place in the queue already, before those that asked later.
      if (step.kind === 'start' || step.kind === 'again') waiting.push(state)
      if (step.kind !== 'start' && step.kind !== 'nothing') this.#take(state, seen, step)
    }
    await this.#tellPlaces(new Map([...this.#letStart(waiting, sight, underWay), ...placesInCluster(sight)]))
    this.#removeStrangers(sight, underWay)
    await this.#care(states)
    return this.#pauseMs(sight, now)
  }

  #take(state: InstanceState, seen: ObservedInstance | undefined, step: Step): void {
    this.#begin(state.id, step.kind, () => this.#steps.take(state, seen, step))
  }

  /** Whose turn it is starts, unless a step for it is under way. @returns the places of the others */
  #letStart(
    waiting: InstanceState[],
    sight: Sight,
    underWay: ReadonlyMap<string, Underway>,
  ): ReadonlyMap<string, QueuePlace> {
    const { config } = this.#parts
    const isStarting = ({ id }: InstanceState) => underWay.get(id)?.kind === 'start'
    const isAlive = ({ id }: InstanceState) => (sight.seen.get(id)?.phase ?? 'exited') !== 'exited'
    const holding = sight.states.filter((state) => isAlive(state) || isStarting(state))
    const onTheirWay = holding.filter(
      ({ id, status, wanted }) => status === 'PENDING' && wanted === 'running' && this.#steps.hasTurn(id),
    )
    const { maxStarts } = config.instances
    const { admitted, impossible, places } = lineUp(
      waiting.map(({ id, turn, memoryReservation: reservation }) => ({ id, turn, reservation })),
      {
        starts: Math.max(0, maxStarts - onTheirWay.length),
        maxStarts,
        capacity: this.#capacity,
        reserved: holding.reduce((sum, { memoryReservation }) => sum + memoryReservation, 0),
      },
    )
    const byId = new Map(waiting.map((state) => [state.id, state]))
    for (const id of admitted) this.#take(byId.get(id)!, undefined, { kind: 'start' })
    for (const id of impossible) {
      const state = byId.get(id)!
      const message = impossibleReservation(state.memoryReservation, this.#capacity)
      this.#begin(id, 'fail', () => this.#steps.refuse(state, message))
    }
    return places
  }

  async #tellPlaces(places: ReadonlyMap<string, QueuePlace>): Promise<void> {
    const { changes, lease, sightings } = this.#parts
    const before = this.#places
    this.#places = places
    const ids = [...new Set([...before.keys(), ...places.keys()])]
    const changed = ids.filter((id) => !isSamePlace(before.get(id), places.get(id)))
    if (lease.isShared && changed.length > 0)
      await sightings.recordPlaces(new Map(changed.map((id) => [id, places.get(id) ?? null])))
    for (const id of changed) changes.tell(id)
  }

  /** What the runtime holds and nobody knows of. */
  #removeStrangers({ states, seen }: Sight, underWay: ReadonlyMap<string, Underway>): void {
    const known = new Set(states.map(({ id }) => id))
    for (const id of seen.keys())
      if (!known.has(id) && !underWay.has(id))
        this.#begin(id, 'remove', async () => {
          const { lease, runtime } = this.#parts
          if (lease.isHeld) await runtime.stop(id, { data: 'delete', graceMs: 0 })
          return true
        })
  }

  /** Looks after what runs, once a second at most: whether it answers, and whether anybody uses it. */
  async #care(states: InstanceState[]): Promise<void> {
    const { clock, idle, instances } = this.#parts
    if (this.#stopped || clock.steady() - this.#caredAt < idleIntervalMs) return
    this.#caredAt = clock.steady()
    const deployed = states.filter(({ status, wanted }) => status === 'DEPLOYED' && wanted === 'running')
    this.#probes.look(deployed)
    for (const id of await idle.look(deployed)) {
      if (await instances.wantSuspended(id, 'idle', clock.now())) this.wake()
    }
  }

  /** Of everything that does not run: the operator may have changed what apps are given while the store was down. */
  async #refreshReservations({ states, seen }: Sight): Promise<void> {
    for (const state of states) {
      const runs = (seen.get(state.id)?.phase ?? 'exited') !== 'exited'
      if (!runs || state.memoryLimit === 0) await this.#steps.refreshReservation(state)
    }
  }

  /** Soon while something is on its way or a wait ends; what a step has changed wakes us anyway. */
  #pauseMs({ states, seen }: Sight, now: number): number {
    const isMoving = states.some(
      ({ id, status, wanted }) =>
        status === 'PENDING' && wanted === 'running' && (seen.get(id)?.phase ?? 'exited') !== 'exited',
    )
    const quietMs = this.#parts.clock.steady() - this.#stirredAt
    const waits = states.flatMap(({ nextStartAt }) => (nextStartAt === null ? [] : [nextStartAt - now]))
    const soonest = Math.min(idleIntervalMs, isMoving ? quietMs * busyShare : idleIntervalMs, ...waits)
    return Math.max(busyIntervalMs, soonest)
  }

  /** @param step whether it changed anything */
  #begin(id: string, kind: Underway['kind'], step: () => Promise<boolean>): void {
    if (this.#busy.has(id) || this.#stopped) return
    const done = step()
      .catch(async (cause: unknown) => {
        this.#parts.logger.error({ err: cause, instance: id }, 'A step for an instance failed')
        await until(this.#end.promise, retryMs)
        return true
      })
      .then((hasChanged) => {
        this.#busy.delete(id)
        if (this.#missed.delete(id) || hasChanged) this.wake()
      })
    this.#busy.set(id, { kind, done })
  }
}

/** Of those that the runtime itself keeps waiting. */
function placesInCluster({ seen }: Sight): Map<string, QueuePlace> {
  const waiting = [...seen.values()].flatMap(({ id, waiting: message }) =>
    message === undefined ? [] : [[id, { position: 1, reason: 'cluster', message }] as const],
  )
  return new Map(waiting)
}

function isSamePlace(a: QueuePlace | undefined, b: QueuePlace | undefined): boolean {
  return a?.position === b?.position && a?.message === b?.message
}

async function until(woken: Promise<void>, timeMs: number): Promise<void> {
  const timer = Promise.withResolvers<void>()
  const handle = setTimeout(timer.resolve, timeMs)
  await Promise.race([woken, timer.promise])
  clearTimeout(handle)
}
