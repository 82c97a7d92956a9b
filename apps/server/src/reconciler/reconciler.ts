import type { ExitReason, ObservedInstance, Runtime } from '@wave-store/runtime'
import { RuntimeError } from '@wave-store/runtime'
import type { BlobStore } from '@wave-store/storage'
import type { Logger } from 'pino'
import type { AppRepository } from '../apps/repository.ts'
import type { IdentitySigner } from '../auth/identity-signer.ts'
import type { InstanceClients } from '../auth/instance-clients.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Constraints } from '../environments/constraints.ts'
import { basePathOf } from '../instances/base-path.ts'
import type { InstanceRepository, InstanceState, Sighting } from '../instances/repository.ts'
import { instanceSpec } from './instance-spec.ts'
import { plan } from './plan.ts'
import { answers } from './probe.ts'

export interface ReconcilerParts {
  apps: AppRepository
  blobs: BlobStore
  clock: Clock
  config: Config
  constraints: Pick<Constraints, 'edited'>
  identity: Pick<IdentitySigner, 'publicKeys'>
  instanceClients: InstanceClients
  instances: InstanceRepository
  logger: Logger
  runtime: Runtime
}

/** The runtime's hints come sooner; this is for what they miss, and for an app whose first answer is late. */
const busyIntervalMs = 100
const idleIntervalMs = 1000
const probeTimeoutMs = 2000
/** Until an instance gets another step after one that failed. */
const retryMs = 1000

/**
 * Brings what is seen towards what is wanted, one step an instance at a time, for ever. Looking again is what makes it
 * right; a wake only makes it soon.
 */
export class Reconciler implements AsyncDisposable {
  readonly #parts: ReconcilerParts
  /** Instances with a step under way. */
  readonly #busy = new Map<string, Promise<void>>()
  /** Those among them that were passed over by a look: another one is due when their step has ended. */
  readonly #missed = new Set<string>()
  readonly #end = Promise.withResolvers<void>()
  #stopped = false
  #wake: () => void = () => {}
  #loop: Promise<void> | undefined

  constructor(parts: ReconcilerParts) {
    this.#parts = parts
  }

  run(): void {
    if (!this.#loop) this.#parts.runtime.onChange?.(() => this.wake())
    this.#loop ??= this.#rounds()
  }

  /** A hint that something changed. */
  wake(): void {
    this.#wake()
  }

  /** Lets the steps under way end and begins no other. Instances go on without us. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true
    this.#end.resolve()
    this.wake()
    await this.#loop
    await Promise.all(this.#busy.values())
  }

  async #rounds(): Promise<void> {
    while (!this.#stopped) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      const unsettled = await this.#round().catch((cause: unknown) => {
        this.#parts.logger.error({ err: cause }, 'A round of the reconciler failed; the next one tries again')
        return false
      })
      await until(woken, unsettled ? busyIntervalMs : idleIntervalMs)
    }
  }

  /** One look at everything; true while something is on its way and the next look is worth taking soon. */
  async #round(): Promise<boolean> {
    const { instances, runtime } = this.#parts
    // What is read of these now is out of date when their step has ended.
    const underWay = new Set(this.#busy.keys())
    for (const id of underWay) this.#missed.add(id)
    const rows = await instances.states()
    const observed = new Map((await runtime.inspect()).map((seen) => [seen.id, seen]))
    for (const row of rows) if (!underWay.has(row.id)) this.#begin(row.id, () => this.#step(row, observed.get(row.id)))
    const known = new Set(rows.map((row) => row.id))
    for (const id of observed.keys())
      if (!known.has(id)) this.#begin(id, () => runtime.stop(id, { data: 'delete', graceMs: 0 }))
    return rows.some((row) => row.wanted === 'gone' || row.status === 'PENDING')
  }

  #begin(id: string, step: () => Promise<void>): void {
    if (this.#busy.has(id) || this.#stopped) return
    const done = step()
      .catch((cause: unknown) => {
        this.#parts.logger.error({ err: cause, instance: id }, 'A step for an instance failed')
        return until(this.#end.promise, retryMs)
      })
      .finally(() => {
        this.#busy.delete(id)
        if (this.#missed.delete(id)) this.wake()
      })
    this.#busy.set(id, done)
  }

  async #step(row: InstanceState, seen: ObservedInstance | undefined): Promise<void> {
    const { clock, config, instances, runtime } = this.#parts
    const step = plan(row, seen)
    switch (step.kind) {
      case 'nothing':
        return
      case 'start':
        return this.#start(row)
      case 'restart':
        await instances.wantRestart(row.id, clock.now())
        return this.wake()
      case 'record':
        return this.#record(row, pending(seen!))
      case 'probe':
        if (await this.#answers(row, step.address)) return this.#deployed(row, seen!)
        return this.#record(row, { ...pending(seen!), phase: 'starting' })
      case 'fail':
        return this.#record(row, failed(seen!))
      case 'suspend':
        await runtime.stop(row.id, { data: 'keep', graceMs: config.instances.stopGraceMs })
        return instances.recordAsleep(row.id, clock.now())
      case 'remove':
        await runtime.stop(row.id, { data: 'delete', graceMs: config.instances.stopGraceMs })
        return instances.forget(row.id)
    }
  }

  async #answers({ id }: InstanceState, address: { host: string; port: number }): Promise<boolean> {
    const row = await this.#parts.instances.byId(id)
    return row !== undefined && answers(address, basePathOf(row), probeTimeoutMs)
  }

  async #start(state: InstanceState): Promise<void> {
    const { apps, blobs, config, constraints, identity, instanceClients, instances, runtime } = this.#parts
    try {
      const row = (await instances.byId(state.id))!
      const app = (await apps.byId(state.appId))!
      const bundlePath = await blobs.localPath(app.bundleSha256)
      const client = instanceClients.clientOf(row)
      const identityKeys = identity.publicKeys
      await runtime.start(
        instanceSpec(config, row, app, { bundlePath, client, identityKeys, constraints: constraints.edited }),
      )
    } catch (cause) {
      if (cause instanceof RuntimeError && cause.code === 'unavailable') throw cause
      this.#parts.logger.warn({ err: cause, instance: state.id }, 'An instance cannot be started')
      await this.#record(state, this.#refused(cause))
    }
  }

  async #deployed(row: InstanceState, seen: ObservedInstance): Promise<void> {
    const { clock, instances } = this.#parts
    const now = clock.now()
    await this.#record(row, { ...pending(seen), status: 'DEPLOYED', phaseSince: now })
    await instances.recordStart(row.appId, now, now - row.startedAt)
  }

  #refused(cause: unknown): Sighting {
    const at = this.#parts.clock.now()
    const unsupported = cause instanceof RuntimeError
    const message = unsupported ? cause.message : 'The store could not start the app; its log says more.'
    const reason: ExitReason = unsupported ? 'source_failed' : 'internal'
    const failure = { reason, message, exitCode: null, at: new Date(at).toISOString() }
    return { status: 'FAILED', phase: 'exited', phaseSince: at, failure, address: null }
  }

  async #record(row: InstanceState, seen: Sighting): Promise<void> {
    const same =
      row.status === seen.status &&
      row.phase === seen.phase &&
      row.addressJson === (seen.address && JSON.stringify(seen.address))
    if (!same) await this.#parts.instances.record(row, seen)
  }
}

function pending(seen: ObservedInstance): Sighting {
  const phase = seen.phase === 'exited' ? 'starting' : seen.phase
  return { status: 'PENDING', phase, phaseSince: seen.phaseSince, failure: null, address: seen.address ?? null }
}

function failed(seen: ObservedInstance): Sighting {
  const exit = seen.exit!
  const failure = {
    reason: exit.reason,
    message: exit.message,
    exitCode: exit.code,
    at: new Date(exit.at).toISOString(),
  }
  return { status: 'FAILED', phase: 'exited', phaseSince: seen.phaseSince, failure, address: null }
}

async function until(woken: Promise<void>, timeMs: number): Promise<void> {
  const timer = Promise.withResolvers<void>()
  const handle = setTimeout(timer.resolve, timeMs)
  await Promise.race([woken, timer.promise])
  clearTimeout(handle)
}
