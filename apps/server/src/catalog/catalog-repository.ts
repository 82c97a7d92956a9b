import type { Manifest } from '@wave-store/bundle'
import { idsOf } from '../db/app-facts.ts'
import type { Db } from '../db/database.ts'
import type { CatalogEntry } from './catalog-index.ts'

const readAtOnce = 1000

/** What is told of every version. */
export interface CatalogCopy {
  put(entry: CatalogEntry): void
  remove(id: string): void
}

/** Keeps a copy of the Catalog as the database has it. */
export class CatalogRepository {
  readonly #db: Db
  #seen: number | null = null

  constructor(db: Db) {
    this.#db = db
  }

  /** Brings the copy up to all that was committed before: at first with every version, then with what changed. */
  async follow(copy: CatalogCopy): Promise<void> {
    if (this.#seen === null) this.#seen = await this.#readAll(copy)
    for (;;) {
      const changes = await this.#db
        .selectFrom('catalogChange')
        .select(['id', 'appId'])
        .where('id', '>', this.#seen)
        .orderBy('id')
        .limit(readAtOnce)
        .execute()
      if (changes.length === 0) return
      const ids = changes.map(({ appId }) => appId)
      const entries = await this.#read(rowsOf(this.#db).where('app.id', 'in', idsOf(ids)))
      const found = new Set(entries.map(({ id }) => id))
      for (const id of ids) if (!found.has(id)) copy.remove(id)
      for (const entry of entries) copy.put(entry)
      this.#seen = changes.at(-1)!.id
    }
  }

  /** @returns the last change that is in it for certain */
  async #readAll(copy: CatalogCopy): Promise<number> {
    const { last } = await this.#db
      .selectFrom('catalogChange')
      .select(({ fn }) => fn.max('id').as('last'))
      .executeTakeFirstOrThrow()
    let page: CatalogEntry[] = []
    do {
      const after = page.at(-1)?.id ?? ''
      page = await this.#read(rowsOf(this.#db).where('app.id', '>', after).orderBy('app.id').limit(readAtOnce))
      for (const entry of page) copy.put(entry)
    } while (page.length === readAtOnce)
    return Number(last ?? 0)
  }

  async #read(rows: Rows): Promise<CatalogEntry[]> {
    const read = await rows.execute()
    const tags = await this.#tagsOf(read.map(({ id }) => id))
    return read.map(({ manifestJson, listedAppId, ...row }) => ({
      ...row,
      createdAt: Number(row.createdAt),
      launches: Number(row.launches),
      keywords: (JSON.parse(manifestJson) as Manifest).app.keywords,
      isListed: listedAppId === row.id,
      tags: tags.get(row.id) ?? [],
    }))
  }

  async #tagsOf(appIds: string[]): Promise<Map<string, { id: string; title: string }[]>> {
    const rows = await this.#db
      .selectFrom('appTag')
      .innerJoin('tag', 'tag.id', 'appTag.tagId')
      .select(['appTag.appId', 'tag.id', 'tag.title'])
      .where('appTag.appId', 'in', idsOf(appIds))
      .execute()
    const byApp = new Map<string, { id: string; title: string }[]>()
    for (const { appId, ...tag } of rows) byApp.set(appId, [...(byApp.get(appId) ?? []), tag])
    return byApp
  }
}

function rowsOf(db: Db) {
  return db
    .selectFrom('app')
    .innerJoin('appName', 'appName.name', 'app.name')
    .innerJoin('person', 'person.id', 'app.ownerId')
    .select([
      'app.id',
      'app.name',
      'app.version',
      'app.title',
      'app.description',
      'app.category',
      'app.visibility',
      'app.manifestJson',
      'app.ownerId',
      'app.createdAt',
      'person.name as ownerName',
      'appName.listedAppId',
      'appName.launchCount as launches',
    ])
}

type Rows = ReturnType<typeof rowsOf>
