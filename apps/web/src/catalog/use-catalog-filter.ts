import { type CatalogSort, type Category, catalogSorts, categories, type Tag } from '@wave-store/contract'
import { useSearchParams } from 'react-router'
import type { CatalogFilter } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'

const isId = (text: string | null): text is string => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text ?? '')

/**
 * What is searched for stands in the address, `?search=&category=&tag=&owner=&mine=&running=&sort=`, so that it can be linked
 * to and gone back to. Who sees no tags does not filter by them either.
 */
export function useCatalogFilter() {
  const { can } = useSession()
  const [params, setParams] = useSearchParams()
  const owner = params.get('owner')
  const filter: CatalogFilter = {
    search: params.get('search') ?? '',
    category: categories.find((category) => category === params.get('category')),
    tags: can.seeTags ? (params.get('tag') ?? '').split(',').filter(isId) : [],
    owner: isId(owner) ? owner : undefined,
    mine: params.get('mine') === 'true',
    running: params.get('running') === 'true',
    sort: catalogSorts.find((sort) => sort === params.get('sort')),
  }

  function put(changes: Record<string, string | undefined>, replace = false) {
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace },
    )
  }

  const idsOf = (tags: Tag[]) => tags.map(({ id }) => id).join(',')

  return {
    filter,
    search: (search: string) => put({ search }, true),
    /** A tag that stands among the categories gives way to one of them; others narrow it down. */
    chooseCategory: (category: Category | undefined, chosenTags: Tag[]) =>
      put({ category, tag: idsOf(chosenTags.filter(({ isCategory }) => !isCategory)) }),
    /** Takes it in, or lets go of it. Of those that stand among the categories one is chosen at most. */
    toggleTag: (tag: Tag, chosenTags: Tag[]) => {
      const others = chosenTags.filter((one) => one.id !== tag.id && !(tag.isCategory && one.isCategory))
      const isChosen = chosenTags.some((one) => one.id === tag.id)
      put({ ...(tag.isCategory && { category: undefined }), tag: idsOf(isChosen ? others : [...others, tag]) })
    },
    showAllOwners: () => put({ owner: undefined }),
    showMine: (mine: boolean) => put({ mine: mine ? 'true' : undefined }),
    showRunning: (running: boolean) => put({ running: running ? 'true' : undefined }),
    sortBy: (sort: CatalogSort | undefined) => put({ sort }),
    clear: () => setParams({}),
  }
}
