import { randomUUID } from 'node:crypto'
import { apiTokenPrefix, type TokenScope } from '@wave-store/contract'
import type { Selectable } from 'kysely'
import { type Actor, actorFrom, type RoleRules } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { Clock } from '../clock.ts'
import type { Database, Db } from '../db/database.ts'
import { isConfirmed } from '../people/repository.ts'
import { hashToken, newToken } from '../token.ts'

export type ApiTokenRow = Selectable<Database['apiToken']>

const tokensPerPerson = 50
const dayMs = 24 * 60 * 60 * 1000
/** Uses are recorded no more often than this. */
const touchEveryMs = 60_000

export class ApiTokenRepository {
  readonly #db: Db
  readonly #clock: Clock
  readonly #rules: RoleRules

  constructor(db: Db, clock: Clock, rules: RoleRules) {
    this.#db = db
    this.#clock = clock
    this.#rules = rules
  }

  /**
   * @returns the token as it is kept, and the secret, which is not
   * @throws {AppError} `quota_exceeded` when the person has 50
   */
  async create(
    personId: string,
    input: { name: string; scopes: TokenScope[]; expiresInDays: number },
  ): Promise<{ row: ApiTokenRow; secret: string }> {
    const secret = apiTokenPrefix + newToken()
    const now = this.#clock.now()
    const row: ApiTokenRow = {
      id: randomUUID(),
      personId,
      name: input.name,
      tokenHash: hashToken(secret),
      scopesJson: JSON.stringify([...new Set(input.scopes)]),
      createdAt: now,
      expiresAt: now + input.expiresInDays * dayMs,
      lastUsedAt: null,
      lastUsedFrom: null,
    }
    await this.#db.transaction().execute(async (transaction) => {
      const { count } = await transaction
        .selectFrom('apiToken')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('personId', '=', personId)
        .executeTakeFirstOrThrow()
      if (Number(count) >= tokensPerPerson)
        throw new AppError(
          'quota_exceeded',
          `You have ${count} API tokens, as many as one person may. Revoke one first.`,
        )
      await transaction.insertInto('apiToken').values(row).execute()
    })
    return { row, secret }
  }

  async listOf(personId: string): Promise<ApiTokenRow[]> {
    return this.#db
      .selectFrom('apiToken')
      .selectAll()
      .where('personId', '=', personId)
      .orderBy('createdAt', 'desc')
      .execute()
  }

  /** Whom the secret stands for, and that it was used from there now; undefined when it counts for nothing. */
  async use(
    secret: string,
    address: string,
  ): Promise<{ actor: Actor; name: string; scopes: TokenScope[] } | undefined> {
    const now = this.#clock.now()
    const row = await this.#db
      .selectFrom('apiToken')
      .innerJoin('person', 'person.id', 'apiToken.personId')
      .select(['person.id', 'person.subject', 'person.name', 'person.email', 'person.rolesJson'])
      .select(['apiToken.id as tokenId', 'apiToken.name as tokenName', 'scopesJson', 'lastUsedAt'])
      .where('tokenHash', '=', hashToken(secret))
      .where('expiresAt', '>', now)
      .where(isConfirmed(now))
      .executeTakeFirst()
    if (!row) return undefined
    if (row.lastUsedAt === null || now - row.lastUsedAt >= touchEveryMs)
      await this.#db
        .updateTable('apiToken')
        .set({ lastUsedAt: now, lastUsedFrom: address })
        .where('id', '=', row.tokenId)
        .execute()
    const scopes = JSON.parse(row.scopesJson) as TokenScope[]
    return { actor: actorFrom(this.#rules, row), name: row.tokenName, scopes }
  }

  /** @returns the token that was there */
  async revoke(personId: string, id: string): Promise<ApiTokenRow | undefined> {
    return this.#db
      .deleteFrom('apiToken')
      .where('personId', '=', personId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
  }
}
