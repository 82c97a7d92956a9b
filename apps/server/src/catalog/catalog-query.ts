import type { CatalogSort, Category } from '@wave-store/contract'

/** Apps that belong together in one list. */
export type CatalogScope =
  /** One per name, its newest version that is not PRIVATE. */
  | { listed: true }
  /** Every version that a person owns; with others' that are not PRIVATE, or without. */
  | { ownerId: string; others: 'listed' | 'none' }
  /** Versions that are PUBLIC, or listed and bear one of the tags: one per name, or every one. */
  | { admittedByTags: string[]; publicMode: boolean; versions: 'newest' | 'every' }
  | { all: true }

export interface CatalogQuery {
  scope: CatalogScope
  /** Whether tags are among what is searched. */
  seesTags: boolean
  /** Only versions of this name. */
  name?: string | undefined
  search: string
  category?: Category | undefined
  /** Ids of tags that the apps bear, all of them. */
  tags: string[]
  ownerId?: string | undefined
  /** Only these apps. */
  appIds?: string[] | undefined
  /** Default: how well they fit the search, and by title where nothing is searched for. */
  sort?: CatalogSort | undefined
  limit: number
  offset: number
}

export interface CatalogAnswer {
  /** Of the page, in its order. */
  ids: string[]
  /** Of all pages. */
  total: number
  /** Of all categories, whichever was chosen. */
  categories: { category: Category; count: number }[]
  /** Words that were taken for words of the search, where nothing holds those themselves. */
  alike: string[]
}
