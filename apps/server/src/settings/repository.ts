import type { Db } from '../db/database.ts'

/** Values that the store keeps by name, as text. */
export class SettingRepository {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async get(name: string): Promise<string | undefined> {
    const row = await this.#db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
    return row?.value
  }

  /** What is kept; where nothing is, `value` is from then on, of whoever is first. */
  async getOrSet(name: string, value: string): Promise<string> {
    await this.#db
      .insertInto('setting')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
    return (await this.get(name)) ?? value
  }

  /** Null takes it away. */
  async set(name: string, value: string | null): Promise<void> {
    if (value === null) await this.#db.deleteFrom('setting').where('name', '=', name).execute()
    else
      await this.#db
        .insertInto('setting')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute()
  }
}
