import { randomUUID } from 'node:crypto'
import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'

/** Who a person is according to an identity provider; issuer and subject together name them for good. */
export interface Identity {
  issuer: string
  subject: string
  name: string
  email: string
  isAdmin: boolean
}

export class PeopleRepository {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Remembers what the provider says now and returns the person, known or new. */
  async recognise(identity: Identity): Promise<Actor> {
    const facts = { name: identity.name, email: identity.email, isAdmin: Number(identity.isAdmin) }
    const row = await this.#db
      .insertInto('person')
      .values({
        id: randomUUID(),
        issuer: identity.issuer,
        subject: identity.subject,
        ...facts,
        createdAt: this.#clock.now(),
      })
      .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doUpdateSet(facts))
      .returningAll()
      .executeTakeFirstOrThrow()
    return { id: row.id, subject: row.subject, name: row.name, email: row.email, isAdmin: row.isAdmin === 1 }
  }
}
