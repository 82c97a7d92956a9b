import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { searchWords } from '@wave-store/contract'
import { catalogQuery } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { useTags } from '../api/tag-queries.ts'
import { TileGrid } from '../tiles/TileGrid.tsx'
import { TileSkeletons } from '../tiles/TileSkeletons.tsx'
import { formatCount } from '../ui/format.ts'
import { MoreRows } from '../ui/MoreRows.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import styles from './CatalogPage.module.css'
import { CatalogSearch } from './CatalogSearch.tsx'
import { CatalogToolbar } from './CatalogToolbar.tsx'
import { CategoryList } from './CategoryList.tsx'
import { NothingFound } from './NothingFound.tsx'
import { TagFilter } from './TagFilter.tsx'
import { useCatalogFilter } from './use-catalog-filter.ts'
import { useWhenSeen } from './use-when-seen.ts'

export function CatalogPage() {
  const { user } = useSession()
  const { filter, search, chooseCategory, toggleTag, showAllOwners, showMine, showRunning, sortBy, clear } =
    useCatalogFilter()
  const tags = useTags()
  const chosenTags = tags.filter(({ id }) => filter.tags.includes(id))
  const apps = useInfiniteQuery({ ...catalogQuery(filter), placeholderData: keepPreviousData })
  const tiles = apps.data?.pages.flatMap((page) => page.items) ?? []
  const last = apps.data?.pages.at(-1)
  const searched = { words: searchWords(filter.search), alike: last?.alike ?? [] }
  const more = useWhenSeen(() => {
    if (!apps.isFetchingNextPage && !apps.isFetchNextPageError) void apps.fetchNextPage()
  })

  return (
    <>
      <header className={styles.head}>
        <PageTitle title="Catalog" />
        <CatalogSearch search={filter.search} onSearch={search} />
      </header>
      <div className={styles.columns}>
        <CategoryList
          counts={last?.categories ?? []}
          tags={tags.filter(({ isCategory }) => isCategory)}
          chosen={chosenTags.find(({ isCategory }) => isCategory) ?? filter.category}
          onChoose={(next) =>
            typeof next === 'object' ? toggleTag(next, chosenTags) : chooseCategory(next, chosenTags)
          }
        />
        <section aria-label="Apps" aria-busy={apps.isPending || apps.isPlaceholderData}>
          <p className="visually-hidden" role="status">
            {last && !apps.isPlaceholderData ? formatCount(last.total, 'app') : ''}
          </p>
          <TagFilter
            tags={tags.filter(({ isCategory }) => !isCategory)}
            chosen={chosenTags}
            onToggle={(tag) => toggleTag(tag, chosenTags)}
          />
          <CatalogToolbar
            filter={filter}
            knowsWho={user !== null}
            ownerName={tiles.find(({ owner }) => owner.id === filter.owner)?.owner.name}
            onAllOwners={showAllOwners}
            onMine={showMine}
            onRunning={showRunning}
            onSort={sortBy}
          />
          <QueryError query={apps} />
          {last?.total === 0 && <NothingFound filter={filter} tags={chosenTags} onClear={clear} />}
          {searched.alike.length > 0 && tiles.length > 0 && (
            <p className={styles.alike} dir="auto">
              Nothing matches “{filter.search}” as it is written. These are the nearest.
            </p>
          )}
          <TileGrid apps={tiles} searched={searched} isOutdated={apps.isPlaceholderData}>
            {apps.isPending && <TileSkeletons />}
          </TileGrid>
          <MoreRows ref={more} query={apps} noun="app" />
        </section>
      </div>
    </>
  )
}
