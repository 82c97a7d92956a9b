import type { Selectable } from 'kysely'
import { AppError } from '../app-error.ts'
import type { Clock } from '../clock.ts'
import type { Database, Db } from '../db/database.ts'
import { newToken } from '../token.ts'

/** A name that belongs to somebody. */
export type AliasRow = Selectable<Database['alias']> & { ownerId: string; ownerName: string; ownerEmail: string }

/** A name as somebody saw it who may change it: whoever took it since is not asked for theirs. */
export type OwnedName = Pick<AliasRow, 'name' | 'ownerId'>

/** What an instance is reached by besides its id. */
export interface InstanceNames {
  /** The primary one first. */
  names: string[]
  /** The name that all its other addresses lead to, its id where it has no primary one. */
  main: string
}

/** Where a name leads; null: its instance was terminated. */
export interface Lead {
  instanceId: string | null
  ownerId: string
  /** Another one since each time that it leads elsewhere than before, which nobody guesses; null: it never did. */
  moveMark: string | null
}

/** Names that people gave to instances. One that was given back is kept without an owner, for what browsers keep of it. */
export class AliasRepository {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  async byName(name: string): Promise<AliasRow | undefined> {
    return this.#rows().where('alias.name', '=', name).executeTakeFirst()
  }

  async all(): Promise<AliasRow[]> {
    return this.#rows().execute()
  }

  async ownedBy(ownerId: string): Promise<AliasRow[]> {
    return this.#rows().where('alias.ownerId', '=', ownerId).execute()
  }

  async ofInstance(instanceId: string): Promise<AliasRow[]> {
    return this.#rows().where('alias.instanceId', '=', instanceId).execute()
  }

  async leadOf(name: string): Promise<Lead | undefined> {
    const row = await this.#db
      .selectFrom('alias')
      .select(['instanceId', 'ownerId', 'moveMark'])
      .where('name', '=', name)
      .where('ownerId', 'is not', null)
      .executeTakeFirst()
    return row && { ...row, ownerId: row.ownerId! }
  }

  async namesOf(instanceIds: string[]): Promise<Map<string, InstanceNames>> {
    if (instanceIds.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('alias')
      .select(['name', 'instanceId', 'isPrimary'])
      .where('instanceId', 'in', instanceIds)
      .orderBy('isPrimary', 'desc')
      .orderBy('name')
      .execute()
    const byInstance = Map.groupBy(rows, (row) => row.instanceId)
    return new Map(
      instanceIds.map((id) => {
        const its = byInstance.get(id) ?? []
        return [id, { names: its.map(({ name }) => name), main: its.find(({ isPrimary }) => isPrimary)?.name ?? id }]
      }),
    )
  }

  /**
   * Takes a name that nobody has.
   *
   * @param given.isPrimary default: whether the instance has no primary one
   * @throws {AppError} `conflict` when somebody has it, `quota_exceeded` when the owner has `quota`
   */
  async take(given: {
    name: string
    ownerId: string
    instanceId: string
    isPrimary: boolean | undefined
    quota: number
  }): Promise<void> {
    const { name, ownerId, instanceId, quota } = given
    await this.#db.transaction().execute(async (transaction) => {
      const before = await transaction.selectFrom('alias').selectAll().where('name', '=', name).executeTakeFirst()
      if (before && before.ownerId !== null) throw new AppError('conflict', `${name} is taken. Choose another name.`)
      const { count } = await transaction
        .selectFrom('alias')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('ownerId', '=', ownerId)
        .executeTakeFirstOrThrow()
      if (Number(count) >= quota)
        throw new AppError('quota_exceeded', `${count} names are as many as one person has here. Give one back first.`)
      const isPrimary = await settlePrimary(transaction, instanceId, given.isPrimary)
      const values = { ownerId, instanceId, isPrimary, createdAt: this.#clock.now() }
      await transaction
        .insertInto('alias')
        .values({ name, moveMark: null, ...values })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ ...values, moveMark: newToken() }))
        .execute()
    })
  }

  /** Leads a name to an instance, or there by another rank. @throws {AppError} `not_found` when it changed hands */
  async lead({ name, ownerId }: OwnedName, instanceId: string, wanted: boolean | undefined): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      const before = await transaction
        .selectFrom('alias')
        .selectAll()
        .where('name', '=', name)
        .where('ownerId', '=', ownerId)
        .executeTakeFirst()
      if (!before) throw givenBack(name)
      const isMove = before.instanceId !== instanceId
      const rank = wanted ?? (isMove ? undefined : before.isPrimary === 1)
      const isPrimary = await settlePrimary(transaction, instanceId, rank, name)
      await transaction
        .updateTable('alias')
        .set({ instanceId, isPrimary, ...(isMove && { moveMark: newToken() }) })
        .where('name', '=', name)
        .execute()
    })
  }

  /** From then on it is anybody's. @throws {AppError} `not_found` when it changed hands */
  async release({ name, ownerId }: OwnedName): Promise<void> {
    const { numUpdatedRows } = await this.#db
      .updateTable('alias')
      .set({ ownerId: null, instanceId: null, isPrimary: 0 })
      .where('name', '=', name)
      .where('ownerId', '=', ownerId)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw givenBack(name)
  }

  #rows() {
    return this.#db
      .selectFrom('alias')
      .innerJoin('person as owner', 'owner.id', 'alias.ownerId')
      .selectAll('alias')
      .select(['owner.id as ownerId', 'owner.name as ownerName', 'owner.email as ownerEmail'])
      .orderBy('alias.isPrimary', 'desc')
      .orderBy('alias.name')
  }
}

const givenBack = (name: string) => new AppError('not_found', `The name ${name} was given back meanwhile.`)

/** An instance has one primary name at most: makes room for another one. @returns 1 when the name is to be it */
async function settlePrimary(db: Db, instanceId: string, wanted: boolean | undefined, name = ''): Promise<0 | 1> {
  const others = await db
    .selectFrom('alias')
    .select('name')
    .where('instanceId', '=', instanceId)
    .where('isPrimary', '=', 1)
    .where('name', '!=', name)
    .execute()
  const isPrimary = wanted ?? others.length === 0
  if (isPrimary && others.length > 0)
    await db.updateTable('alias').set({ isPrimary: 0 }).where('instanceId', '=', instanceId).execute()
  return isPrimary ? 1 : 0
}
