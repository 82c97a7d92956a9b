import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { AppError } from '../app-error.ts'
import type { Clock } from '../clock.ts'
import type { Database, Db } from '../db/database.ts'
import { isUniqueViolation } from '../db/open-database.ts'

export type AccountRow = Selectable<Database['account']>

export interface NewAccount {
  username: string
  name: string
  email: string
  roles: string[]
  passwordHash: string
}

/** People who sign in with a password of this store. */
export class AccountRepository {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  async byId(id: string): Promise<AccountRow | undefined> {
    return this.#db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()
  }

  /** Upper and lower case are the same in a username. */
  async byUsername(username: string): Promise<AccountRow | undefined> {
    return this.#db.selectFrom('account').selectAll().where('username', '=', username.toLowerCase()).executeTakeFirst()
  }

  async any(): Promise<boolean> {
    return (await this.#db.selectFrom('account').select('id').limit(1).executeTakeFirst()) !== undefined
  }

  async all(): Promise<AccountRow[]> {
    return this.#db.selectFrom('account').selectAll().orderBy('username').execute()
  }

  /** @throws {AppError} `conflict` when the username is taken. */
  async insert({ roles, username, ...account }: NewAccount): Promise<AccountRow> {
    return this.#db
      .insertInto('account')
      .values({
        id: randomUUID(),
        username: username.toLowerCase(),
        rolesJson: JSON.stringify(roles),
        mustChangePassword: 1,
        isDisabled: 0,
        createdAt: this.#clock.now(),
        ...account,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
      .catch((cause: unknown) => {
        if (!isUniqueViolation(cause)) throw cause
        throw new AppError('conflict', `There is an account ${username} already.`, { cause })
      })
  }

  async update(
    id: string,
    changes: Partial<Pick<AccountRow, 'name' | 'email' | 'rolesJson' | 'isDisabled'>>,
  ): Promise<void> {
    if (Object.keys(changes).length > 0)
      await this.#db.updateTable('account').set(changes).where('id', '=', id).execute()
  }

  /**
   * Puts the password that somebody chose in the place of a one-time one.
   *
   * @returns whether that was still the password, of somebody who may sign in
   */
  async replaceOneTimePassword(id: string, oneTimeHash: string, passwordHash: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('account')
      .set({ passwordHash, mustChangePassword: 0 })
      .where('id', '=', id)
      .where('passwordHash', '=', oneTimeHash)
      .where('mustChangePassword', '=', 1)
      .where('isDisabled', '=', 0)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  }

  /** @param oneTime whether the person has to choose another one at the next sign-in */
  async setPassword(id: string, passwordHash: string, oneTime: boolean): Promise<void> {
    const mustChangePassword = Number(oneTime)
    await this.#db.updateTable('account').set({ passwordHash, mustChangePassword }).where('id', '=', id).execute()
  }
}
