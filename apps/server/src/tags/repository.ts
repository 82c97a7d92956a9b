import { randomUUID } from 'node:crypto'
import type { TagSummary } from '@wave-store/contract'
import type { Selectable, Transaction } from 'kysely'
import { AppError, notFound } from '../app-error.ts'
import type { Clock } from '../clock.ts'
import type { Database, Db } from '../db/database.ts'
import { type CatalogChoice, noteCatalogChange } from '../db/note-catalog-change.ts'
import { isMissingReference, isUniqueViolation } from '../db/open-database.ts'
import { tagNameKey } from './tag-name-key.ts'

export interface TagValues {
  name: string
  title: string
  color: string
  description: string
  adminRoles: string[]
  visitorRoles: string[]
  isCategory: boolean
}

export interface TagRow extends TagValues {
  id: string
  /** How many apps bear it. */
  appCount: number
  createdAt: number
  updatedAt: number
}

export class TagRepository {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  async all(): Promise<TagRow[]> {
    return (await this.#rows().orderBy('tag.nameKey').execute()).map(read)
  }

  async byId(id: string): Promise<TagRow | undefined> {
    const row = await this.#rows().where('tag.id', '=', id).executeTakeFirst()
    return row && read(row)
  }

  /** @throws {AppError} `conflict` when another tag has the name. */
  async insert(values: TagValues): Promise<TagRow> {
    const now = this.#clock.now()
    const id = randomUUID()
    await this.#db
      .insertInto('tag')
      .values({ id, ...columnsOf(values), createdAt: now, updatedAt: now })
      .execute()
      .catch((cause: unknown) => refuseTakenName(values.name, cause))
    return { id, ...values, appCount: 0, createdAt: now, updatedAt: now }
  }

  /**
   * Changes what is given, and leaves the rest to whoever changes that at the same moment.
   *
   * @throws {AppError} `conflict` when another tag has the name.
   */
  async update(id: string, values: Partial<TagValues>): Promise<void> {
    const change = { ...changesOf(values), updatedAt: this.#clock.now() }
    await this.#db
      .transaction()
      .execute(async (transaction) => {
        await transaction.updateTable('tag').set(change).where('id', '=', id).execute()
        if (values.title !== undefined) await noteCatalogChange(transaction, bearing(id))
      })
      .catch((cause: unknown) => refuseTakenName(values.name ?? '', cause))
  }

  /** Takes it off every app, too. */
  async delete(id: string): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await noteCatalogChange(transaction, bearing(id))
      await transaction.deleteFrom('tag').where('id', '=', id).execute()
    })
  }

  /**
   * @returns whether the app did not bear it before
   * @throws {AppError} `not_found` when the app or the tag went in the same moment.
   */
  async assign(appId: string, tagId: string): Promise<boolean> {
    return this.#db
      .transaction()
      .execute(async (transaction) => {
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('appTag')
          .values({ appId, tagId })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow()
        await noteCatalogChange(transaction, (apps) => apps.where('app.id', '=', appId))
        return numInsertedOrUpdatedRows === 1n
      })
      .catch((cause: unknown) => {
        if (isMissingReference(cause)) throw notFound('tag', tagId)
        throw cause
      })
  }

  /** @returns whether the app bore it before */
  async remove(appId: string, tagId: string): Promise<boolean> {
    return this.#db.transaction().execute(async (transaction) => {
      const { numDeletedRows } = await transaction
        .deleteFrom('appTag')
        .where('appId', '=', appId)
        .where('tagId', '=', tagId)
        .executeTakeFirstOrThrow()
      await noteCatalogChange(transaction, (apps) => apps.where('app.id', '=', appId))
      return numDeletedRows === 1n
    })
  }

  /** Of every owner whose apps bear the tag, one of these apps. */
  async appOfEachOwner(tagId: string) {
    return this.#db
      .selectFrom('app')
      .select(['id', 'title', 'version', 'ownerId'])
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('app')
          .innerJoin('appTag', 'appTag.appId', 'app.id')
          .select(({ fn }) => fn.min('app.id').as('id'))
          .where('appTag.tagId', '=', tagId)
          .groupBy('app.ownerId'),
      )
      .execute()
  }

  /** The tags of each app, by name. */
  async ofApps(appIds: string[]): Promise<Map<string, TagSummary[]>> {
    const byApp = new Map<string, TagSummary[]>()
    if (appIds.length === 0) return byApp
    const rows = await this.#db
      .selectFrom('appTag')
      .innerJoin('tag', 'tag.id', 'appTag.tagId')
      .select(['appTag.appId', 'tag.id', 'tag.name', 'tag.title', 'tag.color', 'tag.description', 'tag.isCategory'])
      .where('appTag.appId', 'in', appIds)
      .orderBy('tag.nameKey')
      .execute()
    for (const { appId, isCategory, ...tag } of rows)
      byApp.set(appId, [...(byApp.get(appId) ?? []), { ...tag, isCategory: isCategory === 1 }])
    return byApp
  }

  /** Tags that admit visitors with one of the roles to the apps that bear them. */
  async idsAdmitting(roles: readonly string[]): Promise<string[]> {
    const rows = await this.#db.selectFrom('tag').select(['id', 'visitorRolesJson']).execute()
    const admits = (json: string) => (JSON.parse(json) as string[]).some((role) => roles.includes(role))
    return rows.filter((row) => admits(row.visitorRolesJson)).map((row) => row.id)
  }

  #rows() {
    return this.#db
      .selectFrom('tag')
      .selectAll('tag')
      .select((eb) =>
        eb
          .selectFrom('appTag')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .whereRef('appTag.tagId', '=', 'tag.id')
          .as('appCount'),
      )
  }
}

function bearing(tagId: string): CatalogChoice {
  return (apps) =>
    apps.where('app.id', 'in', (eb) => eb.selectFrom('appTag').select('appId').where('tagId', '=', tagId))
}

/** Puts tags on an app that is new; one that was deleted meanwhile is left out. */
export async function putTags(transaction: Transaction<Database>, appId: string, tagIds: string[]): Promise<void> {
  if (tagIds.length === 0) return
  await transaction
    .insertInto('appTag')
    .columns(['appId', 'tagId'])
    .expression((eb) =>
      eb
        .selectFrom('tag')
        .select((select) => [select.val(appId).as('appId'), 'tag.id as tagId'])
        .where('tag.id', 'in', tagIds),
    )
    .execute()
}

function columnsOf({ adminRoles, visitorRoles, isCategory, ...texts }: TagValues) {
  return {
    ...texts,
    nameKey: tagNameKey(texts.name),
    adminRolesJson: JSON.stringify(adminRoles),
    visitorRolesJson: JSON.stringify(visitorRoles),
    isCategory: Number(isCategory),
  }
}

function changesOf({ adminRoles, visitorRoles, isCategory, ...texts }: Partial<TagValues>) {
  return {
    ...texts,
    ...(texts.name !== undefined && { nameKey: tagNameKey(texts.name) }),
    ...(adminRoles && { adminRolesJson: JSON.stringify(adminRoles) }),
    ...(visitorRoles && { visitorRolesJson: JSON.stringify(visitorRoles) }),
    ...(isCategory !== undefined && { isCategory: Number(isCategory) }),
  }
}

function read(row: Selectable<Database['tag']> & { appCount: number | null }): TagRow {
  const { adminRolesJson, visitorRolesJson, nameKey: _, ...rest } = row
  return {
    ...rest,
    adminRoles: JSON.parse(adminRolesJson) as string[],
    visitorRoles: JSON.parse(visitorRolesJson) as string[],
    isCategory: row.isCategory === 1,
    appCount: Number(row.appCount),
  }
}

function refuseTakenName(name: string, cause: unknown): never {
  if (!isUniqueViolation(cause)) throw cause
  throw new AppError('conflict', `There is a tag ${name} already; upper and lower case are the same.`, { cause })
}
