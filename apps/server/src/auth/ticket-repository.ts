import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { hashToken, newToken } from '../token.ts'
import type { SessionRepository } from './session-repository.ts'

const codeLifetimeMs = 60_000
/** A ticket is exchanged for a fresh one at the first page that is opened after half of it. */
const ticketLifetimeMs = 8 * 60 * 60 * 1000

/** Whose ticket it is, and whether it is time for another one. */
export interface TicketHolder {
  actor: Actor
  isAging: boolean
}

/** `refused` is for the log. */
export type Redeemed = { ticket: string; refused?: undefined } | { ticket?: undefined; refused: string }

/** One-time codes and the tickets they become: how a person of the store is known at one instance's own address. */
export class TicketRepository {
  readonly #db: Db
  readonly #clock: Clock
  readonly #sessions: SessionRepository

  constructor(db: Db, clock: Clock, sessions: SessionRepository) {
    this.#db = db
    this.#clock = clock
    this.#sessions = sessions
  }

  /** A code for one instance, good once, for a minute, in the browser that holds the nonce behind `nonceHash`. */
  async issueCode(input: { sessionToken: string; instanceId: string; nonceHash: string }): Promise<string> {
    const code = newToken()
    const now = this.#clock.now()
    await this.#db.deleteFrom('instanceCode').where('expiresAt', '<=', now).execute()
    await this.#db
      .insertInto('instanceCode')
      .values({
        codeHash: hashToken(code),
        sessionHash: hashToken(input.sessionToken),
        instanceId: input.instanceId,
        nonceHash: input.nonceHash,
        expiresAt: now + codeLifetimeMs,
      })
      .execute()
    return code
  }

  /** A code is used up by the first try, whether it was good there or not. */
  async redeem(exchange: { code: string; instanceId: string; nonce: string | undefined }): Promise<Redeemed> {
    const row = await this.#db
      .deleteFrom('instanceCode')
      .where('codeHash', '=', hashToken(exchange.code))
      .returningAll()
      .executeTakeFirst()
    const now = this.#clock.now()
    if (!row) return { refused: 'unknown or used' }
    if (row.expiresAt <= now) return { refused: 'expired' }
    if (row.instanceId !== exchange.instanceId) return { refused: 'made for another instance' }
    if (exchange.nonce === undefined || row.nonceHash !== hashToken(exchange.nonce))
      return { refused: 'made for another browser' }
    const ticket = newToken()
    await this.#db.deleteFrom('instanceTicket').where('expiresAt', '<=', now).execute()
    await this.#db
      .insertInto('instanceTicket')
      .values({
        ticketHash: hashToken(ticket),
        sessionHash: row.sessionHash,
        instanceId: row.instanceId,
        expiresAt: now + ticketLifetimeMs,
      })
      .execute()
    return { ticket }
  }

  /**
   * Whose ticket it is, while it and the session last that it came from.
   *
   * @param address where the session is being used from; undefined: a look that is no use of it
   */
  async holderOf(ticket: string, instanceId: string, address?: string): Promise<TicketHolder | null> {
    const row = await this.#db
      .selectFrom('instanceTicket')
      .select(['sessionHash', 'expiresAt'])
      .where('ticketHash', '=', hashToken(ticket))
      .where('instanceId', '=', instanceId)
      .where('expiresAt', '>', this.#clock.now())
      .executeTakeFirst()
    const actor = row && (await this.#sessions.actorOfHash(row.sessionHash, address))
    return actor ? { actor, isAging: row.expiresAt - this.#clock.now() < ticketLifetimeMs / 2 } : null
  }
}
