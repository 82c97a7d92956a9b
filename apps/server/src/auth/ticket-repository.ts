import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { hashToken, newToken } from '../token.ts'

const codeLifetimeMs = 60_000

/** One-time codes and the tickets they become: how a person of the store is known at one instance's own address. */
export class TicketRepository {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
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

  async redeem(exchange: { code: string; instanceId: string; nonce: string }): Promise<{ ticket: string } | undefined> {
    const row = await this.#db
      .deleteFrom('instanceCode')
      .where('codeHash', '=', hashToken(exchange.code))
      .returningAll()
      .executeTakeFirst()
    if (!row || row.expiresAt <= this.#clock.now()) return undefined
    if (row.instanceId !== exchange.instanceId || row.nonceHash !== hashToken(exchange.nonce)) return undefined
    const ticket = newToken()
    await this.#db
      .insertInto('instanceTicket')
      .values({ ticketHash: hashToken(ticket), sessionHash: row.sessionHash, instanceId: row.instanceId })
      .execute()
    return { ticket }
  }

  /** Whose ticket it is, while the session lasts that it came from. */
  async actorOf(ticket: string, instanceId: string): Promise<Actor | null> {
    const row = await this.#db
      .selectFrom('instanceTicket as ticket')
      .innerJoin('session', 'session.tokenHash', 'ticket.sessionHash')
      .innerJoin('person', 'person.id', 'session.personId')
      .select(['person.id', 'person.subject', 'person.name', 'person.email', 'person.isAdmin'])
      .where('ticket.ticketHash', '=', hashToken(ticket))
      .where('ticket.instanceId', '=', instanceId)
      .where('session.expiresAt', '>', this.#clock.now())
      .executeTakeFirst()
    return row ? { ...row, isAdmin: row.isAdmin === 1 } : null
  }
}
