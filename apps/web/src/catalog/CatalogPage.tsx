import { DefaultButton } from '@fluentui/react/lib/Button'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { catalogQuery } from '../api/app-queries.ts'
import { useTags } from '../api/tag-queries.ts'
import { formatCount } from '../ui/format.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { AppTile } from './AppTile.tsx'
import styles from './CatalogPage.module.css'
import { CatalogSearch } from './CatalogSearch.tsx'
import { CategoryList } from './CategoryList.tsx'
import { NothingFound } from './NothingFound.tsx'
import { TagFilter } from './TagFilter.tsx'
import { TileSkeletons } from './TileSkeletons.tsx'
import { useCatalogFilter } from './use-catalog-filter.ts'

export function CatalogPage() {
  const { filter, search, chooseCategory, chooseTag, clear } = useCatalogFilter()
  const tags = useTags()
  const chosenTag = tags.find(({ id }) => id === filter.tag)
  const apps = useInfiniteQuery({ ...catalogQuery(filter), placeholderData: keepPreviousData })
  const tiles = apps.data?.pages.flatMap((page) => page.items) ?? []
  const last = apps.data?.pages.at(-1)

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
          chosen={chosenTag?.isCategory ? chosenTag : filter.category}
          onChoose={(next) => (typeof next === 'object' ? chooseTag(next) : chooseCategory(next, chosenTag))}
        />
        <section aria-label="Apps" aria-busy={apps.isPending || apps.isPlaceholderData}>
          <p className="visually-hidden" role="status">
            {last && !apps.isPlaceholderData ? formatCount(last.total, 'app') : ''}
          </p>
          <TagFilter tags={tags.filter(({ isCategory }) => !isCategory)} chosen={chosenTag} onChoose={chooseTag} />
          <QueryError query={apps} />
          {last?.total === 0 && <NothingFound filter={filter} tag={chosenTag} onClear={clear} />}
          <div className={`${styles.grid} ${apps.isPlaceholderData ? styles.outdated : ''}`}>
            {apps.isPending && <TileSkeletons />}
            {tiles.map((app) => (
              <AppTile key={app.id} app={app} />
            ))}
          </div>
          {apps.hasNextPage && (
            <div className={styles.more}>
              <span>
                {tiles.length.toLocaleString('en')} of {formatCount(last?.total ?? 0, 'app')}
              </span>
              <DefaultButton disabled={apps.isFetchingNextPage} onClick={() => apps.fetchNextPage()}>
                Show more
              </DefaultButton>
            </div>
          )}
        </section>
      </div>
    </>
  )
}
