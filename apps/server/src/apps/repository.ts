import { compareVersions } from '@wave-store/bundle'
import type { Visibility } from '@wave-store/contract'
import type { Selectable } from 'kysely'
import { AppError } from '../app-error.ts'
import { effectiveVisibility, idsOf, readVisitorRoles, visitorRoleLines } from '../db/app-facts.ts'
import type { Database, Db } from '../db/database.ts'
import { holdsWord } from '../db/holds-word.ts'
import { noteCatalogChange } from '../db/note-catalog-change.ts'
import { isUniqueViolation } from '../db/open-database.ts'
import { putTags } from '../tags/repository.ts'
import { relist, takeName } from './name-repository.ts'

export type AppRow = Selectable<Database['app']> & {
  ownerName: string
  ownerEmail: string
  visitorRoles: string[]
}
export type NewApp = Database['app']
export type AppImage = Omit<Selectable<Database['appImage']>, 'appId'>

export class AppRepository {
  readonly #db: Db
  readonly #config: { publicMode: boolean }

  constructor(db: Db, config: { publicMode: boolean }) {
    this.#db = db
    this.#config = config
  }

  async byId(id: string): Promise<AppRow | undefined> {
    const row = await this.#rows().where('app.id', '=', id).executeTakeFirst()
    return row && this.#read(row)
  }

  /** Every version of a name, newest first. */
  async versionsOf(name: string): Promise<AppRow[]> {
    const rows = await this.#rows().where('app.name', '=', name).execute()
    return rows.map((row) => this.#read(row)).sort((a, b) => compareVersions(b.version, a.version))
  }

  /** Every app whose manifest asks for a secret; of one owner, or of all. */
  async askingForSecrets(ownerId?: string): Promise<AppRow[]> {
    const rows = this.#rows()
      .where(holdsWord('app.manifestJson', '"secret":{'))
      .$if(ownerId !== undefined, (some) => some.where('app.ownerId', '=', ownerId!))
      .orderBy((order) => order.fn('lower', ['app.title']))
      .orderBy('app.createdAt', 'desc')
    return (await rows.execute()).map((row) => this.#read(row))
  }

  /** Of the apps of a person, in every version, each name once. */
  async namesOwnedBy(ownerId: string): Promise<string[]> {
    const rows = await this.#db.selectFrom('app').select('name').distinct().where('ownerId', '=', ownerId).execute()
    return rows.map(({ name }) => name)
  }

  async ownerOfName(name: string): Promise<string | undefined> {
    const row = await this.#db.selectFrom('appName').select('ownerId').where('name', '=', name).executeTakeFirst()
    return row?.ownerId
  }

  /** Those of them that there are, in their order. */
  async byIds(ids: string[]): Promise<AppRow[]> {
    if (ids.length === 0) return []
    const rows = await this.#rows().where('app.id', 'in', idsOf(ids)).execute()
    const byId = new Map(rows.map((row) => [row.id, this.#read(row)]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  /** Of each name the version that the Catalog shows, where there is one. */
  async listedOf(names: string[]): Promise<AppRow[]> {
    if (names.length === 0) return []
    const rows = this.#rows()
      .innerJoin('appName', 'appName.listedAppId', 'app.id')
      .where('appName.name', 'in', idsOf(names))
    return (await rows.execute()).map((row) => this.#read(row))
  }

  /**
   * Adds a version, and takes the name for its owner when it is new.
   *
   * @throws {AppError} `conflict` when a version of equal rank exists, `forbidden` when the name belongs to somebody else.
   */
  async insert(app: NewApp, { images, tagIds }: { images: AppImage[]; tagIds: string[] }): Promise<void> {
    await this.#db
      .transaction()
      .execute(async (transaction) => {
        await takeName(transaction, app)
        await transaction.insertInto('app').values(app).execute()
        if (images.length > 0)
          await transaction
            .insertInto('appImage')
            .values(images.map((image) => ({ ...image, appId: app.id })))
            .execute()
        await putTags(transaction, app.id, tagIds)
        await relist(transaction, app.name)
      })
      .catch((cause: unknown) => {
        if (!isUniqueViolation(cause)) throw cause
        throw new AppError(
          'conflict',
          `${app.name} ${app.version} exists already. Give the app a new Version and import it again.`,
          { cause },
        )
      })
  }

  async setVisibility(app: AppRow, visibility: Visibility, now: number): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await setVisibility(transaction, [app.id], visibility, now)
      await relist(transaction, app.name)
    })
  }

  /**
   * Shows this version to those whom the listed ones of its name were shown to, ALL_USERS at least, and those to nobody
   * any more.
   *
   * @returns the versions that were listed before, newest first
   */
  async promote(app: AppRow, now: number): Promise<string[]> {
    return this.#db.transaction().execute(async (transaction) => {
      const listed = await transaction
        .selectFrom('app')
        .select(['id', 'version', 'visibility'])
        .where('name', '=', app.name)
        .where('visibility', '!=', 'PRIVATE')
        .execute()
      const visibility = listed.some((one) => one.visibility === 'PUBLIC') ? 'PUBLIC' : 'ALL_USERS'
      const others = listed.filter((one) => one.id !== app.id)
      await setVisibility(transaction, [app.id], visibility, now)
      await setVisibility(
        transaction,
        others.map(({ id }) => id),
        'PRIVATE',
        now,
      )
      await relist(transaction, app.name)
      return others.map(({ version }) => version).sort((a, b) => compareVersions(b, a))
    })
  }

  /** Gives the name and every version of it to somebody else. */
  async transfer(name: string, ownerId: string, now: number): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await transaction.updateTable('appName').set({ ownerId }).where('name', '=', name).execute()
      await transaction.updateTable('app').set({ ownerId, updatedAt: now }).where('name', '=', name).execute()
      await noteCatalogChange(transaction, (apps) => apps.where('app.name', '=', name))
    })
  }

  /** Says that something about the app changed. */
  async touch(id: string, now: number): Promise<void> {
    await this.#db.updateTable('app').set({ updatedAt: now }).where('id', '=', id).execute()
  }

  /** @throws {AppError} `in_use` while instances of it exist, whoever launched them in the same moment. */
  async delete(app: AppRow): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      const { count } = await transaction
        .selectFrom('instance')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('appId', '=', app.id)
        .executeTakeFirstOrThrow()
      if (count > 0) throw inUse(app, count)
      await noteCatalogChange(transaction, (apps) => apps.where('app.id', '=', app.id))
      await transaction.deleteFrom('app').where('id', '=', app.id).execute()
      await relist(transaction, app.name)
    })
  }

  /** Versions that a newer one in the Catalog has taken the place of, that nobody is shown and nobody runs; the oldest first. */
  async superseded(): Promise<AppRow[]> {
    const rows = await this.#rows()
      .innerJoin('appName', 'appName.name', 'app.name')
      .innerJoin('app as listed', 'listed.id', 'appName.listedAppId')
      .select('listed.version as listedVersion')
      .where('app.visibility', '=', 'PRIVATE')
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('instance').select('instance.id').whereRef('instance.appId', '=', 'app.id'))),
      )
      .orderBy('app.createdAt')
      .execute()
    return rows
      .filter(({ version, listedVersion }) => compareVersions(version, listedVersion) < 0)
      .map(({ listedVersion: _, ...row }) => this.#read(row))
  }

  /** Of each name that one of them owns, its newest version. */
  async newestOfOwners(ownerIds: string[]): Promise<AppRow[]> {
    if (ownerIds.length === 0) return []
    const rows = await this.#rows().where('app.ownerId', 'in', idsOf(ownerIds)).execute()
    const versions = Map.groupBy(rows, ({ name }) => name)
    return [...versions.values()].map((some) =>
      this.#read(some.sort((a, b) => compareVersions(b.version, a.version))[0]!),
    )
  }

  async count(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('app')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  async images(appId: string): Promise<AppImage[]> {
    return this.#db
      .selectFrom('appImage')
      .select(['position', 'sha256', 'mediaType'])
      .where('appId', '=', appId)
      .orderBy('position')
      .execute()
  }

  async hasIcon(appId: string): Promise<boolean> {
    return (await this.idsWithIcon([appId])).has(appId)
  }

  async idsWithIcon(appIds: string[]): Promise<Set<string>> {
    if (appIds.length === 0) return new Set()
    const rows = await this.#db
      .selectFrom('appImage')
      .select('appId')
      .where('appId', 'in', appIds)
      .where('position', '=', iconPosition)
      .execute()
    return new Set(rows.map((row) => row.appId))
  }

  /** Whether any app still needs the blob. */
  async usesBlob(sha256: string): Promise<boolean> {
    const bundle = await this.#db.selectFrom('app').select('id').where('bundleSha256', '=', sha256).executeTakeFirst()
    if (bundle) return true
    const image = await this.#db.selectFrom('appImage').select('appId').where('sha256', '=', sha256).executeTakeFirst()
    return image !== undefined
  }

  #rows() {
    return this.#db
      .selectFrom('app')
      .innerJoin('person', 'person.id', 'app.ownerId')
      .selectAll('app')
      .select(['person.name as ownerName', 'person.email as ownerEmail', visitorRoleLines.as('visitorRoleLines')])
  }

  #read<T extends { visibility: Visibility; visitorRoleLines: string | null }>({ visitorRoleLines, ...row }: T) {
    const visibility = effectiveVisibility(row.visibility, this.#config.publicMode)
    return { ...row, visibility, visitorRoles: readVisitorRoles(visitorRoleLines) }
  }
}

/** See `Database['appImage']`. */
export const iconPosition = -1

function inUse(app: AppRow, count: number): AppError {
  const instances = count === 1 ? 'One instance' : `${count} instances`
  return new AppError(
    'in_use',
    `${instances} of ${app.title} ${app.version} still ${count === 1 ? 'exists' : 'exist'}. Terminate first, or make the app private to take it off the Catalog.`,
  )
}

async function setVisibility(transaction: Db, ids: string[], visibility: Visibility, now: number): Promise<void> {
  if (ids.length === 0) return
  await transaction.updateTable('app').set({ visibility, updatedAt: now }).where('id', 'in', ids).execute()
}
