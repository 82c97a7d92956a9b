import type { CatalogSort, Category } from '@wave-store/contract'
import type { Reader } from '../actor.ts'
import { AppError, unauthenticated } from '../app-error.ts'
import type { CatalogAnswer, CatalogScope } from '../catalog/catalog-query.ts'
import type { AppContext } from '../context.ts'
import { can } from './policy.ts'
import type { AppRow } from './repository.ts'

export interface AppSearch {
  scope: 'catalog' | 'mine' | 'available' | 'all'
  name?: string | undefined
  search: string
  category?: Category | undefined
  /** Ids of tags that the apps bear, all of them. */
  tag?: string[] | undefined
  /** Id of the person whose apps they are. */
  owner?: string | undefined
  mine: boolean
  running: boolean
  sort: CatalogSort
  limit: number
  offset: number
}

type Needs = Pick<AppContext, 'apps' | 'catalog' | 'config' | 'instances' | 'tags'>

export interface AppPage extends Omit<CatalogAnswer, 'ids'> {
  items: AppRow[]
}

const nothing: AppPage = { items: [], total: 0, categories: [], alike: [] }

/**
 * The Catalog as it is for the reader, or the apps that they own or may launch. Visitors own none, and learn nothing of
 * tags.
 *
 * @throws {AppError} `unauthenticated` for who is not signed in, where nothing is PUBLIC; `forbidden` for who asks for
 *   everybody's and is no administrator
 */
export async function listApps(context: Needs, reader: Reader, asked: AppSearch): Promise<AppPage> {
  const scope = await scopeOf(context, reader, asked.scope)
  const seesTags = can.seeTags(reader)
  const { tag: tags = [], owner, mine, running, ...query } = asked
  const ownerId = mine ? (reader?.id ?? null) : owner
  if (scope === null || ownerId === null || (owner && owner !== ownerId) || (tags.length > 0 && !seesTags))
    return nothing
  const appIds = running ? (reader ? await context.instances.appIdsOf(reader.id) : []) : undefined
  const { ids, ...answer } = await context.catalog.find({ ...query, scope, seesTags, tags, ownerId, appIds })
  // One of them may have been taken from the reader since.
  const items = (await context.apps.byIds(ids)).filter((app) => can.see(reader, app))
  return { ...answer, items }
}

async function scopeOf(
  { config, tags }: Needs,
  reader: Reader,
  scope: AppSearch['scope'],
): Promise<CatalogScope | null> {
  const { publicMode } = config
  if (!reader && (scope === 'mine' || scope === 'all' || !publicMode)) throw unauthenticated()
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
  return { admittedByTags, publicMode, versions: scope === 'catalog' ? 'newest' : 'every' }
}
