import { buffer } from 'node:stream/consumers'
import type { FailureCause, FailureReason } from '@wave-store/contract'
import { type Exit, type ObservedInstance, type Runtime, RuntimeError } from '@wave-store/runtime'
import type { BlobStore } from '@wave-store/storage'
import type { Logger } from 'pino'
import type { ActivityCounter } from '../activity/activity-counter.ts'
import { AppError } from '../app-error.ts'
import { manifestOf } from '../apps/present-app.ts'
import type { AppRepository } from '../apps/repository.ts'
import type { IdentitySigner } from '../auth/identity-signer.ts'
import type { InstanceClients } from '../auth/instance-clients.ts'
import type { SteadyClock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Constraints } from '../environments/constraints.ts'
import { basePathOf } from '../instances/base-path.ts'
import type { InstanceRepository } from '../instances/repository.ts'
import { reservationOf } from '../instances/reservation.ts'
import type { Ending, InstanceState, Sighting, SightingRepository } from '../instances/sighting-repository.ts'
import type { Monitor } from '../monitoring/monitor.ts'
import type { SecretRepository } from '../secrets/repository.ts'
import { SecretInjector } from '../secrets/secret-injector.ts'
import type { Lease } from '../servers/lease.ts'
import type { Step } from './plan.ts'
import { answers } from './probe.ts'
import { specOf } from './spec-of.ts'

export interface StepParts {
  activity: ActivityCounter
  apps: AppRepository
  blobs: BlobStore
  clock: SteadyClock
  config: Config
  constraints: Pick<Constraints, 'edited'>
  identity: Pick<IdentitySigner, 'publicKeys'>
  instanceClients: InstanceClients
  instances: InstanceRepository
  lease: Lease
  logger: Logger
  monitor: Pick<Monitor, 'failed' | 'roundTook' | 'startTook'>
  runtime: Runtime
  secrets: SecretRepository
  sightings: SightingRepository
}

const probeTimeoutMs = 2000
/** A start that takes longer mostly waits; the next ones go on beside it. */
const longestTurnMs = 30_000
/** The latest part of a log that holds the lines that are kept of a failure, and how many. */
const tailBytes = 64 * 1024
const tailLines = 50

/** Does what the plan says, for one instance at a time. */
export class Steps {
  readonly #parts: StepParts
  readonly #injector: SecretInjector
  /** When the runtime was asked for a process, by the steady clock. */
  readonly #begunAt = new Map<string, number>()
  readonly #basePaths = new Map<string, string>()
  readonly #openedAt: number

  constructor(parts: StepParts) {
    this.#parts = parts
    this.#openedAt = parts.clock.steady()
    this.#injector = new SecretInjector(parts)
  }

  /** @returns whether anything changed, so that another look is worth taking */
  async take(state: InstanceState, seen: ObservedInstance | undefined, step: Step): Promise<boolean> {
    switch (step.kind) {
      case 'nothing':
        return false
      case 'record':
        return this.#record(state, onItsWay(seen!))
      case 'probe':
        if (await this.#answers(state, step.address)) return this.#deployed(state, seen!)
        return this.#record(state, { ...onItsWay(seen!), phase: 'starting' })
      default:
        await this.#change(state, seen, step)
        return true
    }
  }

  /** Whether a start under way is young enough to keep others waiting; one of an earlier server is as old as this one. */
  hasTurn(id: string): boolean {
    return this.#parts.clock.steady() - (this.#begunAt.get(id) ?? this.#openedAt) < longestTurnMs
  }

  /** What no machine of this store could hold is not tried. */
  async refuse(state: InstanceState, message: string): Promise<boolean> {
    await this.#parts.sightings.recordFailure(state, this.#refusal('source_failed', message))
    return true
  }

  /** For a process that comes: operators change defaults. */
  async refreshReservation(state: InstanceState): Promise<void> {
    const { config, instances, sightings } = this.#parts
    const row = await instances.byId(state.id)
    if (!row) return
    const given = reservationOf(config, manifestOf(row))
    const isSame = (Object.keys(given) as (keyof typeof given)[]).every((key) => given[key] === state[key])
    if (!isSame) await sightings.setReservation(state.id, given)
  }

  async basePathOf(id: string): Promise<string> {
    const known = this.#basePaths.get(id)
    if (known !== undefined) return known
    const row = await this.#parts.instances.byId(id)
    const path = row ? basePathOf(row) : '/'
    if (row) this.#basePaths.set(id, path)
    return path
  }

  async #change(
    state: InstanceState,
    seen: ObservedInstance | undefined,
    step: Exclude<Step, { kind: 'nothing' | 'record' | 'probe' }>,
  ): Promise<void> {
    const { activity, clock, config, runtime, sightings } = this.#parts
    this.#requireLease()
    const graceMs = config.instances.stopGraceMs
    switch (step.kind) {
      case 'start':
        return this.#start(state)
      case 'again':
        return this.#again(state, seen, step)
      case 'crash':
        return sightings.recordCrash(state, await this.#ending(state, seen!), step.nextStartAt)
      case 'fail':
        return sightings.recordFailure(state, await this.#ending(state, seen!))
      case 'settle':
        return sightings.settle(state)
      case 'end':
        await runtime.stop(state.id, { data: 'keep', graceMs })
        return this.refreshReservation(state)
      case 'asleep':
        return sightings.recordAsleep(state.id, clock.now())
      case 'remove':
        await runtime.stop(state.id, { data: 'delete', graceMs })
        this.#begunAt.delete(state.id)
        this.#basePaths.delete(state.id)
        this.#injector.forget(state.id)
        await sightings.forget(state.id)
        return activity.forget(state.id)
    }
  }

  /** @throws {RuntimeError} `unavailable` where it is another server's turn by now: this one was held up */
  #requireLease(): void {
    if (!this.#parts.lease.isHeld) throw new RuntimeError('unavailable', 'Another server looks after instances by now.')
  }

  async #answers({ id }: InstanceState, address: { host: string; port: number }): Promise<boolean> {
    return answers(address, await this.basePathOf(id), probeTimeoutMs)
  }

  async #start(state: InstanceState): Promise<void> {
    const { apps, blobs, clock, config, constraints, identity, instanceClients, instances, runtime } = this.#parts
    const row = await instances.byId(state.id)
    // Somebody had another idea of it meanwhile.
    if (row?.wanted !== 'running' || row.generation !== state.generation) return
    this.#begunAt.set(state.id, clock.steady())
    try {
      const app = (await apps.byId(state.appId))!
      const bundlePath = await blobs.localPath(app.bundleSha256)
      const client = instanceClients.clientOf(row)
      const identityKeys = identity.publicKeys
      const secrets = await this.#injector.inject(row.id, app)
      const parts = { bundlePath, client, constraints: constraints.edited, identityKeys, secrets }
      this.#requireLease()
      await runtime.start(specOf(config, row, app, parts))
    } catch (cause) {
      if (cause instanceof RuntimeError && cause.code === 'unavailable') throw cause
      this.#parts.logger.warn({ err: cause, instance: state.id }, 'An instance cannot be started')
      await this.#parts.sightings.recordFailure(state, this.#refusalOf(cause))
    }
  }

  async #again(
    state: InstanceState,
    seen: ObservedInstance | undefined,
    { generation, restarts, wasLost }: Extract<Step, { kind: 'again' }>,
  ): Promise<void> {
    await this.refreshReservation(state)
    const now = this.#parts.clock.now()
    const lost = wasLost && { lost: causeOf(seen?.exit ?? { ...wentAway, at: now }) }
    await this.#parts.sightings.wantAgain(state, { generation, restarts, now, ...lost })
  }

  async #deployed(state: InstanceState, seen: ObservedInstance): Promise<boolean> {
    const { clock, sightings } = this.#parts
    const now = clock.now()
    const begunAt = this.#begunAt.get(state.id)
    this.#begunAt.delete(state.id)
    // Of one whose start an earlier server asked for nobody knows how long it took. Before anybody sees it running, who
    // may ask at once.
    if (begunAt !== undefined) {
      const tookMs = clock.steady() - begunAt
      this.#parts.monitor.startTook(tookMs)
      await sightings.recordStart(state.appId, now, Math.round(tookMs))
    }
    await this.#record(state, { ...onItsWay(seen), status: 'DEPLOYED', phase: 'running', phaseSince: now })
    return true
  }

  #refusalOf(cause: unknown): Ending {
    if (cause instanceof AppError && cause.code === 'cannot_launch')
      return this.#refusal('secret_missing', cause.message)
    if (cause instanceof RuntimeError) return this.#refusal('source_failed', cause.message)
    return this.#refusal('internal', 'The store could not start the app; its log says more.')
  }

  #refusal(reason: FailureReason, message: string): Ending {
    this.#parts.monitor.failed(reason)
    const at = this.#parts.clock.now()
    return { at, failure: causeOf({ reason, message, code: null, at }), log: '' }
  }

  /** Why it ended, with its last words, which the next start would hide. */
  async #ending(state: InstanceState, { exit, phaseSince }: ObservedInstance): Promise<Ending> {
    const latest = await buffer(this.#parts.runtime.logs(state.id, { offset: -tailBytes }))
    const lines = latest.toString().replace(/\n$/, '').split('\n').slice(-tailLines)
    const without = (text: string) => this.#injector.redact(state, text)
    this.#parts.monitor.failed(exit!.reason)
    const failure = causeOf({ ...exit!, message: await without(exit!.message) })
    return { at: phaseSince, failure, log: await without(lines.join('\n')) }
  }

  async #record(state: InstanceState, seen: Sighting): Promise<boolean> {
    const isSame =
      state.status === seen.status &&
      state.phase === seen.phase &&
      state.addressJson === (seen.address && JSON.stringify(seen.address))
    if (!isSame) await this.#parts.sightings.record(state, seen)
    return !isSame
  }
}

const wentAway = {
  reason: 'lost',
  message: 'The app ended with the machine, or the runtime, that held it.',
  code: null,
} as const

function onItsWay({ address, phase, phaseSince }: ObservedInstance): Sighting {
  return {
    status: 'PENDING',
    phase: phase === 'exited' ? 'starting' : phase,
    phaseSince,
    address: address ?? null,
  }
}

function causeOf({ at, code, message, reason }: Omit<Exit, 'reason'> & { reason: FailureReason }): FailureCause {
  return { reason, message, exitCode: code, at: new Date(at).toISOString() }
}
