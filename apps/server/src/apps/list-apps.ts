import type { Category } from '@wave-store/contract'
import type { Reader } from '../actor.ts'
import { unauthenticated } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { can } from './policy.ts'
import type { AppPage, AppQuery } from './repository.ts'
import type { AppScope } from './scope-repository.ts'

interface Search extends Omit<AppQuery, 'scope'> {
  scope: 'catalog' | 'mine'
  category: Category | undefined
}

type Needs = Pick<AppContext, 'apps' | 'config' | 'tags'>

/**
 * The Catalog as it is for the reader, or their own apps. Visitors own none, and learn nothing of tags.
 *
 * @throws {AppError} `unauthenticated` for who is not signed in, where nothing is PUBLIC
 */
export async function listApps(context: Needs, reader: Reader, search: Search): Promise<AppPage> {
  const scope = await scopeOf(context, reader, search.scope)
  const isHidden = search.tag !== undefined && !can.seeTags(reader)
  return scope === null || isHidden ? { items: [], total: 0, categories: [] } : context.apps.list({ ...search, scope })
}

async function scopeOf({ config, tags }: Needs, reader: Reader, scope: Search['scope']): Promise<AppScope | null> {
  if (!reader && (scope === 'mine' || !config.publicMode)) throw unauthenticated()
  if (reader?.hasFullAccess) return scope === 'mine' ? { ownerId: reader.id } : { listed: true }
  if (scope === 'mine') return null
  return { admittedByTags: reader ? await tags.idsAdmitting(reader.roles) : [] }
}
