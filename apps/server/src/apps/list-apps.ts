import type { Category } from '@wave-store/contract'
import type { Reader } from '../actor.ts'
import { AppError, unauthenticated } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { can } from './policy.ts'
import type { AppPage, AppQuery } from './repository.ts'
import type { AppScope } from './scope-repository.ts'

interface Search extends Omit<AppQuery, 'scope'> {
  scope: 'catalog' | 'mine' | 'available' | 'all'
  category: Category | undefined
}

type Needs = Pick<AppContext, 'apps' | 'config' | 'tags'>

/**
 * The Catalog as it is for the reader, or the apps that they own or may launch. Visitors own none, and learn nothing of
 * tags.
 *
 * @throws {AppError} `unauthenticated` for who is not signed in, where nothing is PUBLIC; `forbidden` for who asks for
 *   everybody's and is no administrator
 */
export async function listApps(context: Needs, reader: Reader, search: Search): Promise<AppPage> {
  const scope = await scopeOf(context, reader, search.scope)
  const isHidden = search.tag !== undefined && !can.seeTags(reader)
  return scope === null || isHidden ? { items: [], total: 0, categories: [] } : context.apps.list({ ...search, scope })
}

async function scopeOf({ config, tags }: Needs, reader: Reader, scope: Search['scope']): Promise<AppScope | null> {
  if (!reader && (scope === 'mine' || scope === 'all' || !config.publicMode)) throw unauthenticated()
  if (scope === 'all') {
    if (!reader?.isAdmin) throw new AppError('forbidden', 'Only administrators see the apps of everybody.')
    return { all: true }
  }
  if (reader?.hasFullAccess) {
    if (scope === 'catalog') return { listed: true }
    return { ownerId: reader.id, others: scope === 'available' ? 'listed' : 'none' }
  }
  if (scope === 'mine') return null
  const admittedByTags = reader ? await tags.idsAdmitting(reader.roles) : []
  return { admittedByTags, versions: scope === 'catalog' ? 'newest' : 'every' }
}
