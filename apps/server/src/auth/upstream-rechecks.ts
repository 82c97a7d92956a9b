import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { AppContext } from '../context.ts'
import type { PeopleRepository } from '../people/repository.ts'
import type { Lease } from '../servers/lease.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'
import type { UpstreamClient, UpstreamPerson } from './upstream-client.ts'
import { UpstreamError } from './upstream-error.ts'
import type { UpstreamLogin, UpstreamLoginRepository } from './upstream-login-repository.ts'

export interface UpstreamRechecksParts extends Pick<AppContext, 'audit' | 'clock' | 'grants' | 'people' | 'sessions'> {
  client: UpstreamClient
  lease: Lease
  logger: Logger
  logins: UpstreamLoginRepository
  recheckMs: number
}

/** How long somebody counts whom the issuer has confirmed and can be asked about. */
export const confirmedForMs = 24 * 60 * 60 * 1000
const lookEveryMs = 250
const atOnce = 8
const firstPauseMs = 1000
const longestPauseMs = 5 * 60 * 1000

/**
 * Asks the upstream issuer again and again about people who hold something here: what it says of them is taken over,
 * whom it refuses is signed out everywhere. Where it cannot be asked nothing changes, for as long as people are confirmed.
 */
export class UpstreamRechecks implements AsyncDisposable {
  readonly #parts: UpstreamRechecksParts
  /** People whom the issuer is being asked about. */
  readonly #underWay = new Map<string, Promise<void>>()
  readonly #end = new AbortController()
  #loop: Promise<void> | undefined
  #trouble: { problem: string; pauseMs: number; until: number } | undefined

  constructor(parts: UpstreamRechecksParts) {
    this.#parts = parts
  }

  /** Why the issuer could not be asked the last time; undefined: it could. */
  get trouble(): string | undefined {
    return this.#trouble?.problem
  }

  run(): void {
    this.#loop ??= this.#rounds()
  }

  /** Asks about one person now, unless that was done within the interval; returns when what was answered counts. */
  async confirm(personId: string): Promise<void> {
    if (this.#isPaused()) return
    await this.#attempt(async () => this.#check(personId, await this.#parts.client.issuer()))
  }

  /** Lets the questions under way be answered: an answer that is lost may hold the only good refresh token. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort()
    await this.#loop
    await Promise.allSettled(this.#underWay.values())
  }

  async #rounds(): Promise<void> {
    while (!this.#end.signal.aborted) {
      const isBusy = this.#parts.lease.isHeld && !this.#isPaused() && (await this.#attempt(() => this.#round()))
      if (!isBusy) await pause(lookEveryMs, this.#end.signal)
    }
  }

  /** True: there may be more. */
  async #round(): Promise<boolean> {
    const { client, clock, logins, recheckMs } = this.#parts
    const issuer = await client.issuer()
    const due = await logins.due(issuer, { laterThan: clock.now() + recheckMs, limit: atOnce })
    const checks = await Promise.allSettled(due.map((personId) => this.#check(personId, issuer)))
    const failed = checks.find((check) => check.status === 'rejected')
    if (failed) throw failed.reason
    this.#recovered()
    return due.length > 0
  }

  #check(personId: string, issuer: string): Promise<void> {
    const running = this.#underWay.get(personId)
    if (running) return running
    const check = this.#ask(personId, issuer).finally(() => this.#underWay.delete(personId))
    this.#underWay.set(personId, check)
    return check
  }

  async #ask(personId: string, issuer: string): Promise<void> {
    const { client, clock, logins, recheckMs } = this.#parts
    const login = await logins.find(personId, issuer)
    const isDue = login && (login.dueAt <= clock.now() || login.dueAt > clock.now() + recheckMs)
    if (!isDue) return
    if (login.refreshToken === undefined) return logins.keep(personId, null, 0)
    const current = { personId, sealed: login.sealed }
    try {
      const person = await client.refresh(login.refreshToken, login, async (refreshToken) => {
        current.sealed = (await logins.rotate(current, refreshToken)) ?? current.sealed
      })
      await takeOver(this.#parts.people, person, clock.now() + confirmedForMs)
      await logins.postpone(current, clock.now() + shortened(recheckMs))
    } catch (cause) {
      if (cause instanceof UpstreamError && cause.problem === 'refused') return this.#refuse(login, cause)
      await logins.postpone(current, clock.now() + Math.min(this.#nextPauseMs(), recheckMs))
      throw cause
    }
  }

  async #refuse(login: UpstreamLogin, error: UpstreamError): Promise<void> {
    if (!(await this.#parts.logins.refuse(login))) return
    const { audit, logger } = this.#parts
    await signOutEverywhere(this.#parts, login.personId)
    const target = { kind: 'person', id: login.personId, name: login.name, ownerId: null } as const
    await audit.append({
      actor: null,
      via: 'the issuer',
      address: '',
      action: 'session.end-by-issuer',
      target,
      outcome: 'done',
      detail: error.message,
    })
    logger.info({ person: login.personId, reason: error.message }, 'The issuer refuses somebody: signed out')
  }

  /** Does something at the issuer; trouble is told once and lets everybody wait. */
  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (cause) {
      this.#pause(cause)
      return undefined
    }
  }

  #isPaused(): boolean {
    if (!this.#trouble) return false
    const left = this.#trouble.until - this.#parts.clock.now()
    return left > 0 && left <= longestPauseMs
  }

  #nextPauseMs(): number {
    return this.#trouble ? Math.min(this.#trouble.pauseMs * 2, longestPauseMs) : firstPauseMs
  }

  #pause(cause: unknown): void {
    const { client, clock, logger } = this.#parts
    if (this.#isPaused()) return
    const problem = cause instanceof UpstreamError ? cause.problem : 'internal'
    if (this.#trouble?.problem !== problem)
      logger.warn(
        // What is no `UpstreamError` came from our side and holds nothing of the issuer's.
        { issuer: client.issuerUrl.href, problem, err: cause },
        'The issuer cannot be asked about people: until it can, they are who they were, for at most 24 hours',
      )
    const pauseMs = this.#nextPauseMs()
    this.#trouble = { problem, pauseMs, until: clock.now() + shortened(pauseMs) }
  }

  #recovered(): void {
    if (!this.#trouble) return
    this.#trouble = undefined
    this.#parts.logger.info({ issuer: this.#parts.client.issuerUrl.href }, 'The issuer can be asked about people again')
  }
}

/** Where the issuer says no name, what was known before stays; roles that it does not say are gone. */
async function takeOver(people: PeopleRepository, person: UpstreamPerson, confirmedUntil: number): Promise<void> {
  const { name, email, roles } = person
  await people.update(person, {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    rolesJson: JSON.stringify(roles),
    confirmedUntil,
  })
}

/** Up to a tenth less, so that not everybody who came at once is asked about at once. */
function shortened(timeMs: number): number {
  return Math.round(timeMs * (1 - Math.random() / 10))
}

async function pause(timeMs: number, signal: AbortSignal): Promise<void> {
  await setTimeout(timeMs, undefined, { signal }).catch(() => undefined)
}
