import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { allAppsQuery } from '../api/app-queries.ts'
import { t } from '../i18n/t.ts'
import { AddressSearch, useAddressSearch } from '../ui/AddressSearch.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { MoreRows } from '../ui/MoreRows.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { AppTable } from './AppTable.tsx'
import styles from './MyAppsPage.module.css'

/** Every version of everybody's apps; an app's page holds what an administrator does with one. */
export function AllAppsPage() {
  const search = useAddressSearch()
  const apps = useInfiniteQuery({ ...allAppsQuery(search), placeholderData: keepPreviousData })
  const shown = apps.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Apps')} />
          <p>{t('Everybody’s apps, in every version. Running instances go on, whatever becomes of their app.')}</p>
        </div>
      </header>
      <AddressSearch className={styles.filter} label={t('Search all apps')} placeholder={t('Title, name, owner …')} />
      <QueryError query={apps} />
      {apps.isPending && <TableSkeleton />}
      {shown?.length === 0 && (
        <EmptyState
          iconName="Package"
          title={search ? t('Nothing found for “{search}”', { search }) : t('Nobody has imported an app')}
        >
          <p>
            {search
              ? t('Try the beginning of a title, a name or an owner’s name.')
              : t('Apps are listed once they are.')}
          </p>
        </EmptyState>
      )}
      {shown && shown.length > 0 && <AppTable apps={shown} label={t('All apps')} showsOwner />}
      <MoreRows query={apps} noun="app" />
    </>
  )
}
