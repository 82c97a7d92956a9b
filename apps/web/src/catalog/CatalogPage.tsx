import { useQuery } from '@tanstack/react-query'
import { searchWords } from '@wave-store/contract'
import { catalogQuery } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { useTags } from '../api/tag-queries.ts'
import { t } from '../i18n/t.ts'
import { TileGrid } from '../tiles/TileGrid.tsx'
import { TileSkeletons } from '../tiles/TileSkeletons.tsx'
import { formatCount } from '../ui/format.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { CatalogGrid } from './CatalogGrid.tsx'
import styles from './CatalogPage.module.css'
import { CatalogSearch } from './CatalogSearch.tsx'
import { CatalogToolbar } from './CatalogToolbar.tsx'
import { CategoryList } from './CategoryList.tsx'
import { NothingFound } from './NothingFound.tsx'
import { TagFilter } from './TagFilter.tsx'
import { useArrived } from './use-arrived.ts'
import { useCatalogFilter } from './use-catalog-filter.ts'

export function CatalogPage() {
  const { user } = useSession()
  const { filter, search, chooseCategory, toggleTag, showAllOwners, showMine, showRunning, sortBy, clear } =
    useCatalogFilter()
  const tags = useTags()
  const chosenTags = tags.filter(({ id }) => filter.tags.includes(id))
  const apps = useQuery(catalogQuery(filter))
  const shown = useArrived({ filter, found: apps.data })
  const isOutdated = shown !== null && apps.data === undefined
  const alike = shown?.found.alike ?? []

  return (
    <>
      <header className={styles.head}>
        <PageTitle title={t('Catalog')} />
        <CatalogSearch search={filter.search} onSearch={search} />
      </header>
      <div className={styles.columns}>
        <CategoryList
          counts={shown?.found.categories ?? []}
          tags={tags.filter(({ isCategory }) => isCategory)}
          chosen={chosenTags.find(({ isCategory }) => isCategory) ?? filter.category}
          onChoose={(next) =>
            typeof next === 'object' ? toggleTag(next, chosenTags) : chooseCategory(next, chosenTags)
          }
        />
        <section aria-label={t('Apps')} aria-busy={apps.isPending}>
          <p className="visually-hidden" role="status">
            {apps.data ? formatCount(apps.data.total, 'app') : ''}
          </p>
          <TagFilter
            tags={tags.filter(({ isCategory }) => !isCategory)}
            chosen={chosenTags}
            onToggle={(tag) => toggleTag(tag, chosenTags)}
          />
          <CatalogToolbar
            filter={filter}
            knowsWho={user !== null}
            ownerName={shown?.found.items.find(({ owner }) => owner.id === filter.owner)?.owner.name}
            onAllOwners={showAllOwners}
            onMine={showMine}
            onRunning={showRunning}
            onSort={sortBy}
          />
          <QueryError query={apps} />
          {apps.data?.total === 0 && <NothingFound filter={filter} tags={chosenTags} onClear={clear} />}
          {shown && alike.length > 0 && shown.found.total > 0 && (
            <p className={styles.alike} dir="auto">
              {t('Nothing matches “{search}” as it is written. These are the nearest.', {
                search: shown.filter.search,
              })}
            </p>
          )}
          {shown ? (
            <CatalogGrid
              filter={shown.filter}
              total={shown.found.total}
              searched={{ words: searchWords(shown.filter.search), alike }}
              isOutdated={isOutdated}
            />
          ) : (
            apps.isPending && (
              <TileGrid apps={[]}>
                <TileSkeletons />
              </TileGrid>
            )
          )}
        </section>
      </div>
    </>
  )
}
