import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { hashToken, newToken } from '../token.ts'

export const sessionLifetimeMs = 7 * 24 * 60 * 60 * 1000

export class SessionRepository {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Returns the token that the browser keeps. */
  async create(personId: string): Promise<string> {
    const token = newToken()
    const now = this.#clock.now()
    await this.#db.deleteFrom('session').where('expiresAt', '<=', now).execute()
    await this.#db
      .insertInto('session')
      .values({ tokenHash: hashToken(token), personId, createdAt: now, expiresAt: now + sessionLifetimeMs })
      .execute()
    return token
  }

  async actorOf(token: string): Promise<Actor | null> {
    const row = await this.#db
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.personId')
      .select(['person.id', 'person.subject', 'person.name', 'person.email', 'person.isAdmin'])
      .where('session.tokenHash', '=', hashToken(token))
      .where('session.expiresAt', '>', this.#clock.now())
      .executeTakeFirst()
    return row ? { ...row, isAdmin: row.isAdmin === 1 } : null
  }

  /** Signs a person out everywhere. */
  async endAllOf(subject: string): Promise<void> {
    const people = this.#db.selectFrom('person').select('id').where('subject', '=', subject)
    await this.#db.deleteFrom('session').where('personId', 'in', people).execute()
  }

  /** Ends the session and with it every ticket that came from it. */
  async end(token: string): Promise<void> {
    await this.#db.deleteFrom('session').where('tokenHash', '=', hashToken(token)).execute()
  }
}
