import { type Category, category as categorySchema } from '@wave-store/contract'
import { useSearchParams } from 'react-router'
import type { CatalogFilter } from '../api/app-queries.ts'

/** What is searched for stands in the address, `?search=&category=`, so that it can be linked to and gone back to. */
export function useCatalogFilter() {
  const [params, setParams] = useSearchParams()
  const filter: CatalogFilter = {
    search: params.get('search') ?? '',
    category: categorySchema.safeParse(params.get('category')).data,
  }

  function put(name: string, value: string | undefined, replace: boolean) {
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace, preventScrollReset: true },
    )
  }

  return {
    filter,
    search: (text: string) => put('search', text, true),
    choose: (category: Category | undefined) => put('category', category, false),
    clear: () => setParams({}),
  }
}
