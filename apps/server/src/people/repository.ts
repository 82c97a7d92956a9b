import { randomUUID } from 'node:crypto'
import type { Person } from '@wave-store/contract'
import type { ExpressionBuilder, Selectable } from 'kysely'
import { type Actor, actorFrom, type RoleRules } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Database, Db } from '../db/database.ts'
import { holdsWord } from '../db/holds-word.ts'
import { noteCatalogChange } from '../db/note-catalog-change.ts'

export type PersonRow = Selectable<Database['person']>

/** Who a person is according to an identity provider; issuer and subject together name them for good. */
export interface Identity {
  issuer: string
  subject: string
  name: string
  email: string
  roles: string[]
  /** Until when what was said counts; null: no end. */
  confirmedUntil?: number | null
}

type Subject = Pick<Identity, 'issuer' | 'subject'>

export class PeopleRepository {
  readonly #db: Db
  readonly #clock: Clock
  readonly #rules: RoleRules

  constructor(db: Db, clock: Clock, rules: RoleRules) {
    this.#db = db
    this.#clock = clock
    this.#rules = rules
  }

  /** Whoever is good at this moment; undefined for people who were disabled. */
  async byId(id: string): Promise<Actor | undefined> {
    const row = await this.#db
      .selectFrom('person')
      .selectAll()
      .where('id', '=', id)
      .where(isConfirmed(this.#clock.now()))
      .executeTakeFirst()
    return row && actorFrom(this.#rules, row)
  }

  /** Remembers what the provider says now and returns the person, known or new. */
  async recognise(identity: Identity): Promise<Actor> {
    const facts = {
      name: identity.name,
      email: identity.email,
      rolesJson: JSON.stringify(identity.roles),
      confirmedUntil: identity.confirmedUntil ?? null,
    }
    const row = await this.#db.transaction().execute(async (transaction) => {
      await noteNewName(transaction, identity, identity.name)
      return transaction
        .insertInto('person')
        .values({
          id: randomUUID(),
          issuer: identity.issuer,
          subject: identity.subject,
          ...facts,
          newsSeen: 0,
          createdAt: this.#clock.now(),
        })
        .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doUpdateSet(facts))
        .returningAll()
        .executeTakeFirstOrThrow()
    })
    return actorFrom(this.#rules, row)
  }

  /** Takes over what changed about somebody who may never have been here. */
  async update(
    { issuer, subject }: Subject,
    changes: Partial<Pick<PersonRow, 'name' | 'email' | 'rolesJson' | 'confirmedUntil'>>,
  ): Promise<void> {
    if (Object.keys(changes).length === 0) return
    await this.#db.transaction().execute(async (transaction) => {
      if (changes.name !== undefined) await noteNewName(transaction, { issuer, subject }, changes.name)
      await transaction
        .updateTable('person')
        .set(changes)
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .execute()
    })
  }

  /** Remembers up to which audit event the person has seen what others did; what was seen stays seen. */
  async markNewsSeen(id: string, upTo: number): Promise<void> {
    await this.#db
      .updateTable('person')
      .set({ newsSeen: upTo })
      .where('id', '=', id)
      .where('newsSeen', '<', upTo)
      .execute()
  }

  async newsSeenBy(id: string): Promise<number> {
    const row = await this.#db.selectFrom('person').select('newsSeen').where('id', '=', id).executeTakeFirst()
    return Number(row?.newsSeen ?? 0)
  }

  /** Nobody vouches for these people any longer: what they hold stops, until they are recognised again. */
  async lapse(issuer: string): Promise<void> {
    await this.#db
      .updateTable('person')
      .set({ confirmedUntil: this.#clock.now() })
      .where('issuer', '=', issuer)
      .where(isConfirmed(this.#clock.now()))
      .execute()
  }

  /** Those whose name or e-mail address holds every word, by name. */
  async search(
    words: string[],
    { limit, offset }: { limit: number; offset: number },
  ): Promise<{ items: PersonRow[]; total: number }> {
    const found = words.reduce(
      (some, word) => some.where((where) => where.or([holdsWord('name', word), holdsWord('email', word)])),
      this.#db.selectFrom('person'),
    )
    const items = found.selectAll().orderBy('name').orderBy('id').limit(limit).offset(offset)
    const { count } = await found.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
    return { items: await items.execute(), total: Number(count) }
  }

  /** Of nobody's word any more since then at the latest, and with an app or an instance of theirs. */
  async goneBefore(then: number): Promise<PersonRow[]> {
    return this.#db
      .selectFrom('person')
      .selectAll()
      .where('confirmedUntil', '<=', then)
      .where(({ or, exists, selectFrom }) =>
        or([
          exists(selectFrom('app').select('app.id').whereRef('app.ownerId', '=', 'person.id')),
          exists(selectFrom('instance').select('instance.id').whereRef('instance.ownerId', '=', 'person.id')),
        ]),
      )
      .orderBy('name')
      .execute()
  }

  /** Whoever of them is known, by name. */
  async named(ids: string[]): Promise<Person[]> {
    if (ids.length === 0) return []
    return this.#db
      .selectFrom('person')
      .select(['id', 'name', 'email'])
      .where('id', 'in', ids)
      .orderBy('name')
      .execute()
  }

  async idOf({ issuer, subject }: Pick<Identity, 'issuer' | 'subject'>): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('person')
      .select('id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst()
    return row?.id
  }
}

/** Part of a query that joins `person`: whether their sessions and tokens count. */
export function isConfirmed(now: number) {
  return (where: ExpressionBuilder<Database, 'person'>) =>
    where.or([where('person.confirmedUntil', 'is', null), where('person.confirmedUntil', '>', now)])
}

/** The Catalog tells whose its apps are. */
async function noteNewName(transaction: Db, { issuer, subject }: Subject, name: string): Promise<void> {
  const renamed = await transaction
    .selectFrom('person')
    .select('id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('name', '!=', name)
    .executeTakeFirst()
  if (renamed) await noteCatalogChange(transaction, (apps) => apps.where('app.ownerId', '=', renamed.id))
}
