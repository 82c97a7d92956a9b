import { type Category, category as categorySchema, type Tag, tagSummary } from '@wave-store/contract'
import { useSearchParams } from 'react-router'
import type { CatalogFilter } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'

/**
 * What is searched for stands in the address, `?search=&category=&tag=`, so that it can be linked to and gone back to. Who
 * sees no tags does not filter by them either.
 */
export function useCatalogFilter() {
  const { can } = useSession()
  const [params, setParams] = useSearchParams()
  const filter: CatalogFilter = {
    search: params.get('search') ?? '',
    category: categorySchema.safeParse(params.get('category')).data,
    tag: can.seeTags ? tagSummary.shape.id.safeParse(params.get('tag')).data : undefined,
  }

  function put(changes: Partial<Record<keyof CatalogFilter, string | undefined>>, replace = false) {
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace, preventScrollReset: true },
    )
  }

  return {
    filter,
    search: (search: string) => put({ search }, true),
    /** A tag that stands among the categories gives way to one of them; another one narrows it down. */
    chooseCategory: (category: Category | undefined, chosenTag: Tag | undefined) =>
      put(chosenTag?.isCategory ? { category, tag: undefined } : { category }),
    chooseTag: (tag: Tag | undefined) => put(tag?.isCategory ? { category: undefined, tag: tag.id } : { tag: tag?.id }),
    clear: () => setParams({}),
  }
}
