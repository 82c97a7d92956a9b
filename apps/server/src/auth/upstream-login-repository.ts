import type { ExpressionBuilder } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Database, Db } from '../db/database.ts'
import type { TextSealer } from './sealed-text.ts'

/** What is needed to ask the issuer about somebody. */
export interface UpstreamLogin {
  personId: string
  issuer: string
  subject: string
  name: string
  /** Undefined: it cannot be opened, since the key is another one. */
  refreshToken: string | undefined
  /** The refresh token as it rests here; names this state of the login. */
  sealed: string
  dueAt: number
}

/** What people's latest sign-ins at the upstream issuer left. Changes name the state that they were decided from. */
export class UpstreamLoginRepository {
  readonly #db: Db
  readonly #clock: Clock
  readonly #sealer: TextSealer
  readonly #sessions: Config['sessions']

  constructor(db: Db, clock: Clock, options: { sealer: TextSealer; sessions: Config['sessions'] }) {
    this.#db = db
    this.#clock = clock
    this.#sealer = options.sealer
    this.#sessions = options.sessions
  }

  /** Replaces whatever was there; null: the issuer cannot be asked about the person. */
  async keep(personId: string, refreshToken: string | null, dueAt: number): Promise<void> {
    if (refreshToken === null) {
      await this.#db.deleteFrom('upstreamLogin').where('personId', '=', personId).execute()
      return
    }
    const values = { refreshToken: this.#sealer.seal(refreshToken, personId), dueAt }
    await this.#db
      .insertInto('upstreamLogin')
      .values({ personId, ...values })
      .onConflict((conflict) => conflict.column('personId').doUpdateSet(values))
      .execute()
  }

  /** @returns the new state; undefined: the person has signed in anew meanwhile, and nothing was changed */
  async rotate(login: Pick<UpstreamLogin, 'personId' | 'sealed'>, refreshToken: string): Promise<string | undefined> {
    const sealed = this.#sealer.seal(refreshToken, login.personId)
    return (await this.#change(login, { refreshToken: sealed })) ? sealed : undefined
  }

  async postpone(login: Pick<UpstreamLogin, 'personId' | 'sealed'>, dueAt: number): Promise<void> {
    await this.#change(login, { dueAt })
  }

  /** @returns whether it was the state that the refusal was about; only then does the person no longer count */
  async refuse({ personId, sealed }: Pick<UpstreamLogin, 'personId' | 'sealed'>): Promise<boolean> {
    const now = this.#clock.now()
    return this.#db.transaction().execute(async (transaction) => {
      const { numDeletedRows } = await transaction
        .deleteFrom('upstreamLogin')
        .where('personId', '=', personId)
        .where('refreshToken', '=', sealed)
        .executeTakeFirstOrThrow()
      if (numDeletedRows === 0n) return false
      await transaction.updateTable('person').set({ confirmedUntil: now }).where('id', '=', personId).execute()
      return true
    })
  }

  async find(personId: string, issuer: string): Promise<UpstreamLogin | undefined> {
    const row = await this.#db
      .selectFrom('upstreamLogin')
      .innerJoin('person', 'person.id', 'upstreamLogin.personId')
      .select(['personId', 'issuer', 'subject', 'name', 'dueAt', 'refreshToken as sealed'])
      .where('personId', '=', personId)
      .where('issuer', '=', issuer)
      .executeTakeFirst()
    return row && { ...row, refreshToken: this.#sealer.open(row.sealed, personId) }
  }

  /**
   * Whom to ask about, longest due first: people of the issuer who hold a session, an API token or a client's grant.
   *
   * @param laterThan nobody is due so late but by a clock that was set back
   */
  async due(issuer: string, { laterThan, limit }: { laterThan: number; limit: number }): Promise<string[]> {
    const now = this.#clock.now()
    const rows = await this.#db
      .selectFrom('upstreamLogin')
      .innerJoin('person', 'person.id', 'upstreamLogin.personId')
      .select('personId')
      .where('issuer', '=', issuer)
      .where((where) => where.or([where('dueAt', '<=', now), where('dueAt', '>', laterThan)]))
      .where(this.#holdsSomething(now))
      .orderBy('dueAt')
      .limit(limit)
      .execute()
    return rows.map((row) => row.personId)
  }

  #holdsSomething(now: number) {
    return ({ exists, or, selectFrom }: ExpressionBuilder<Database, 'person' | 'upstreamLogin'>) =>
      or([
        exists(
          selectFrom('session')
            .select('session.id')
            .whereRef('session.personId', '=', 'person.id')
            .where('session.expiresAt', '>', now)
            .where('session.lastUsedAt', '>', now - this.#sessions.idleMs),
        ),
        exists(
          selectFrom('apiToken')
            .select('apiToken.id')
            .whereRef('apiToken.personId', '=', 'person.id')
            .where('apiToken.expiresAt', '>', now),
        ),
        exists(
          selectFrom('providerState')
            .select('providerState.id')
            .whereRef('providerState.accountId', '=', 'person.id')
            .where('providerState.expiresAt', '>', now),
        ),
      ])
  }

  async #change(
    { personId, sealed }: Pick<UpstreamLogin, 'personId' | 'sealed'>,
    values: { refreshToken?: string; dueAt?: number },
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('upstreamLogin')
      .set(values)
      .where('personId', '=', personId)
      .where('refreshToken', '=', sealed)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  }
}
