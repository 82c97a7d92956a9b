import type { SelectQueryBuilder } from 'kysely'
import { idsOf } from './app-facts.ts'
import type { Database, Db } from './database.ts'

export type CatalogChoice = (apps: Apps) => Apps
type Apps = SelectQueryBuilder<Database, 'app', object>

/**
 * Tells whoever follows the Catalog that it has to look at some apps again. Belongs in the transaction of the change: before
 * it where that takes them away, or what chooses them.
 */
export async function noteCatalogChange(db: Db, choose: CatalogChoice): Promise<void> {
  const chosen = await choose(db.selectFrom('app')).select('app.id as appId').execute()
  if (chosen.length === 0) return
  const ids = chosen.map(({ appId }) => appId)
  await db.deleteFrom('catalogChange').where('appId', 'in', idsOf(ids)).execute()
  await db
    .insertInto('catalogChange')
    .columns(['appId'])
    .expression(db.selectFrom('app').select('app.id as appId').where('app.id', 'in', idsOf(ids)))
    .execute()
}
