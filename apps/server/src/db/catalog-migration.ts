import { type Kysely, sql } from 'kysely'
import { countedKey } from './engine-migration.ts'

/** What the Catalog's index follows, in place of a text to be searched in every row; and how often apps were launched. */
export async function catalogChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('catalogChange')
    .addColumn('id', 'integer', countedKey(db))
    .addColumn('appId', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('catalogChangeApp').on('catalogChange').column('appId').execute()
  await db.schema.alterTable('app').dropColumn('searchText').execute()
  await db.schema
    .alterTable('appName')
    .addColumn('launchCount', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`
    update "appName" set "launchCount" = (
      select count(*) from instance inner join app on app.id = instance."appId" where app.name = "appName".name
    )`.execute(db)
}
