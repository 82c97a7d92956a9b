import { compareVersions } from '@wave-store/bundle'
import { idsOf } from '../db/app-facts.ts'
import type { Db } from '../db/database.ts'

/** Apps that belong together in one list. */
export type AppScope =
  /** One per name, its newest version that is not PRIVATE. */
  | { listed: true }
  /** Every version that a person owns. */
  | { ownerId: string }
  /** One per name, its newest version that is PUBLIC, or listed and bears one of the tags. */
  | { admittedByTags: string[] }

/** Those of the scope, as the beginning of a query. */
export async function appsWithin(db: Db, scope: AppScope, publicMode: boolean) {
  const apps = db.selectFrom('app')
  if ('ownerId' in scope) return apps.where('app.ownerId', '=', scope.ownerId)
  if ('admittedByTags' in scope)
    return apps.where('app.id', 'in', idsOf(await newestAdmitted(db, scope.admittedByTags, publicMode)))
  const listed = db.selectFrom('appName').select('listedAppId').$castTo<{ listedAppId: string }>()
  return apps.where('app.id', 'in', listed)
}

/** Versions are compared as semver.org has it, which no database does; visitors and the public are shown few. */
async function newestAdmitted(db: Db, tagIds: string[], publicMode: boolean): Promise<string[]> {
  const bearers = db.selectFrom('appTag').select('appId').where('tagId', 'in', tagIds)
  const rows = await db
    .selectFrom('app')
    .select(['id', 'name', 'version'])
    .where('visibility', '!=', 'PRIVATE')
    .where((where) =>
      where.or([
        ...(publicMode ? [where('visibility', '=', 'PUBLIC' as const)] : []),
        ...(tagIds.length > 0 ? [where('id', 'in', bearers)] : []),
      ]),
    )
    .execute()
  const newest = new Map<string, (typeof rows)[number]>()
  for (const row of rows) {
    const known = newest.get(row.name)
    if (!known || compareVersions(row.version, known.version) > 0) newest.set(row.name, row)
  }
  return [...newest.values()].map((row) => row.id)
}
