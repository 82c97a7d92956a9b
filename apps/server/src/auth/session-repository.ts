import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { type Actor, actorFrom, type RoleRules } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Database, Db } from '../db/database.ts'
import { isConfirmed } from '../people/repository.ts'
import { hashToken, newToken } from '../token.ts'

/** Recorded no more often than this, so that a busy session is not a write a request. */
const touchEveryMs = 60_000

export type SessionRow = Selectable<Database['session']>

/** Where a session is used from. */
export interface SeenAt {
  agent: string
  address: string
}

/** Sessions of browsers. One ends when it is not used for `idleMs`, and after `lifetimeMs` in any case. */
export class SessionRepository {
  readonly lifetimes: Config['sessions']
  readonly #db: Db
  readonly #clock: Clock
  readonly #rules: RoleRules

  constructor(db: Db, clock: Clock, options: { sessions: Config['sessions']; roles: RoleRules }) {
    this.#db = db
    this.#clock = clock
    this.lifetimes = options.sessions
    this.#rules = options.roles
  }

  /** Returns the token that the browser keeps. */
  async create(personId: string, { agent, address }: SeenAt): Promise<string> {
    const token = newToken()
    const now = this.#clock.now()
    await this.#db.deleteFrom('session').where('expiresAt', '<=', now).execute()
    await this.#db
      .insertInto('session')
      .values({
        id: randomUUID(),
        tokenHash: hashToken(token),
        personId,
        agent: agent.slice(0, 300),
        address,
        createdAt: now,
        lastUsedAt: now,
        expiresAt: now + this.lifetimes.lifetimeMs,
      })
      .execute()
    return token
  }

  /** Whose session it is, and that it was used from there now. */
  async actorOf(token: string, address: string): Promise<Actor | null> {
    const now = this.#clock.now()
    const row = await this.#live(now)
      .where('session.tokenHash', '=', hashToken(token))
      .select(['session.lastUsedAt', 'session.tokenHash'])
      .executeTakeFirst()
    if (!row) return null
    if (now - row.lastUsedAt >= touchEveryMs) await this.#touch(row.tokenHash, now, address)
    return actorFrom(this.#rules, row)
  }

  /** What a ticket's session says; `address` undefined: a look that is no use of it. */
  async actorOfHash(tokenHash: string, address?: string): Promise<Actor | null> {
    const now = this.#clock.now()
    const row = await this.#live(now)
      .where('session.tokenHash', '=', tokenHash)
      .select('session.lastUsedAt')
      .executeTakeFirst()
    if (!row) return null
    if (address !== undefined && now - row.lastUsedAt >= touchEveryMs) await this.#touch(tokenHash, now, address)
    return actorFrom(this.#rules, row)
  }

  /** Those of a person that have not ended, latest first. */
  async listOf(personId: string): Promise<SessionRow[]> {
    const now = this.#clock.now()
    return this.#db
      .selectFrom('session')
      .selectAll()
      .where('personId', '=', personId)
      .where('expiresAt', '>', now)
      .where('lastUsedAt', '>', now - this.lifetimes.idleMs)
      .orderBy('lastUsedAt', 'desc')
      .execute()
  }

  /** Signs a person out in every browser. */
  async endAllOf(personId: string): Promise<void> {
    await this.#db.deleteFrom('session').where('personId', '=', personId).execute()
  }

  /** @returns whether the person had such a session */
  async endById(personId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('session')
      .where('personId', '=', personId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return numDeletedRows > 0n
  }

  /** Ends the session and with it every ticket that came from it. */
  async end(token: string): Promise<void> {
    await this.#db.deleteFrom('session').where('tokenHash', '=', hashToken(token)).execute()
  }

  #live(now: number) {
    return this.#db
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.personId')
      .select(['person.id', 'person.subject', 'person.name', 'person.email', 'person.rolesJson'])
      .where('session.expiresAt', '>', now)
      .where('session.lastUsedAt', '>', now - this.lifetimes.idleMs)
      .where(isConfirmed(now))
  }

  async #touch(tokenHash: string, now: number, address: string): Promise<void> {
    await this.#db.updateTable('session').set({ lastUsedAt: now, address }).where('tokenHash', '=', tokenHash).execute()
  }
}
