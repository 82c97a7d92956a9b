import { newestOfEach } from '@wave-store/bundle'
import { idsOf } from '../db/app-facts.ts'
import type { Db } from '../db/database.ts'

/** Apps that belong together in one list. */
export type AppScope =
  /** One per name, its newest version that is not PRIVATE. */
  | { listed: true }
  /** Every version that a person owns; with others' that are not PRIVATE, or without. */
  | { ownerId: string; others: 'listed' | 'none' }
  /** Versions that are PUBLIC, or listed and bear one of the tags: one per name, or every one. */
  | { admittedByTags: string[]; versions: 'newest' | 'every' }
  | { all: true }

/** Those of the scope, as the beginning of a query. */
export async function appsWithin(db: Db, scope: AppScope, publicMode: boolean) {
  const apps = db.selectFrom('app')
  if ('all' in scope) return apps
  if ('ownerId' in scope) {
    const { ownerId, others } = scope
    return apps.where((where) =>
      where.or([
        where('app.ownerId', '=', ownerId),
        ...(others === 'listed' ? [where('app.visibility', '!=', 'PRIVATE')] : []),
      ]),
    )
  }
  if ('admittedByTags' in scope) {
    const admitted = await versionsAdmitted(db, scope.admittedByTags, publicMode)
    return apps.where(
      'app.id',
      'in',
      idsOf((scope.versions === 'newest' ? newestOfEach(admitted) : admitted).map(idOf)),
    )
  }
  const listed = db.selectFrom('appName').select('listedAppId').$castTo<{ listedAppId: string }>()
  return apps.where('app.id', 'in', listed)
}

interface Version {
  id: string
  name: string
  version: string
}

const idOf = ({ id }: Version) => id

/** Which of them is the newest no database can tell; visitors and the public are shown few. */
async function versionsAdmitted(db: Db, tagIds: string[], publicMode: boolean): Promise<Version[]> {
  const bearers = db.selectFrom('appTag').select('appId').where('tagId', 'in', tagIds)
  return db
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
}
